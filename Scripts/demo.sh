#!/bin/sh
# Makes a throw-away workspace for the synthetic clinic and previews a campaign at a fixed time.
# usage: Scripts/demo.sh PATH-OF-OUTREACH
set -eu
outreach=$1
demo=$(mktemp -d)
trap 'rm -rf "$demo"' EXIT
# The key is published here so that the demo's patients have the same handles everywhere. Never use it for a clinic.
cp Examples/clinic/demo.key "$demo/demo.key"
chmod 600 "$demo/demo.key"
export OUTREACH_KEY_FILE="$demo/demo.key"
mkdir "$demo/clinic"
cp Examples/clinic/clinic.lua "$demo/clinic/clinic.lua"
"$outreach" init "$demo/clinic" >/dev/null
echo "== outreach import Examples/clinic"
"$outreach" import --workspace "$demo/clinic" Examples/clinic
echo
echo "== outreach preview Campaigns/diabetes-adherence.lua --at 2026-11-23T16:00:00Z"
"$outreach" preview --workspace "$demo/clinic" Campaigns/diabetes-adherence.lua --at 2026-11-23T16:00:00Z
