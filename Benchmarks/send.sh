#!/bin/bash
# Measures `outreach send`: e-mails to a mail server on loopback, each with a durable claim before it leaves.
#
# usage: Benchmarks/send.sh BIN SERVERS
#   BIN      the folder with `outreach` and `outreach-bench`
#   SERVERS  the folder that Scripts/test-servers.sh made
#
# OUTREACH_BENCH_MAILS (50000) changes the number. Fails when mails a second are fewer, or memory is more, than
# Benchmarks/thresholds allows, or when the server counted other mails than were sent.
set -euo pipefail

bin=${1:?usage: Benchmarks/send.sh BIN SERVERS}
servers=${2:?usage: Benchmarks/send.sh BIN SERVERS}
here=$(cd "$(dirname "$0")" && pwd)
mails=${OUTREACH_BENCH_MAILS:-50000}
work=$(mktemp -d)
sink=""
trap '[ -z "$sink" ] || kill "$sink" 2>/dev/null; rm -rf "$work"' EXIT
# The keys go with the workspaces.
export XDG_CONFIG_HOME=$work/config
unset OUTREACH_KEY_FILE OUTREACH_KEY_COMMAND OUTREACH_WORKSPACE
cc -O2 -std=gnu11 -Wall -Wextra -Werror -o "$work/measure" "$here/measure.c"

port=$((20000 + RANDOM % 20000))
user=()
[ "$(id -u)" -ne 0 ] || user=(-u nobody)
LD_LIBRARY_PATH=$servers/postfix/usr/lib/postfix:$servers/postfix/usr/lib/x86_64-linux-gnu \
  "$servers/postfix/usr/sbin/smtp-sink" "${user[@]}" -c "127.0.0.1:$port" 1000 >"$work/sink" 2>&1 &
sink=$!

# run MAILS FILE: makes a workspace and sends; prints "CPU PEAK" of the sender into FILE.use.
run() {
  "$bin/outreach-bench" mailing --patients "$1" --providers \
    "mail = { kind = \"smtp\", channels = { \"email\" }, host = \"127.0.0.1\", port = $port, from = \"clinic@example.org\",
       security = \"none\", concurrency = 100, agreement = { signed = \"2026-01-05\", expires = \"2099-01-05\" } }" \
    "$work/$2"
  "$work/measure" "$work/$2.use" "$bin/outreach" send --workspace "$work/$2" --format json "$work/$2/note.lua" >"$work/$2.json"
}
# field FILE NAME: a number of the last line.
field() { tail -n 1 "$1" | grep -o "\"$2\":[0-9]*" | head -n 1 | cut -d : -f 2; }

run $((mails / 10)) small
run "$mails" large
sent=$(field "$work/large.json" accepted)
milliseconds=$(field "$work/large.json" milliseconds)
rate=$((sent * 1000 / milliseconds))
peak=$(cut -d ' ' -f 2 "$work/large.use")
small=$(cut -d ' ' -f 2 "$work/small.use")
counted=$(tr '\r' '\n' <"$work/sink" | grep -o 'mesg=[0-9]*' | tail -n 1 | cut -d = -f 2)
cpu=$(cut -d " " -f 1 "$work/large.use")
echo "$sent mails in $milliseconds ms: $rate a second, $cpu s of CPU with the deciding; peak $((peak / 1024)) MB, $((small / 1024)) MB for a tenth of them"

status=0
complain() {
  echo "FAILED: $1" >&2
  status=1
}
threshold() { awk -v name="$1" '$1 == name { print $2 }' "$here/thresholds"; }
[ "$sent" = "$mails" ] || complain "$sent of $mails were sent"
[ "$counted" = $((mails + mails / 10)) ] || complain "the server counted $counted"
[ "$rate" -ge "$(threshold send_mails_a_second)" ] || complain "$rate a second is below $(threshold send_mails_a_second)"
[ $((peak / 1024)) -le $((small / 1024 + $(threshold send_growth_mb))) ] || complain "memory grew with the number of mails"
exit $status
