#!/bin/bash
# Measures `outreach preview` against the bare C program in limit/ over the same patients, in one run.
#
# usage: Benchmarks/run.sh BIN [--record]
#   BIN       the folder with `outreach` and `outreach-bench`
#   --record  writes Benchmarks/RESULTS.md; without it nothing in the tree changes
#
# OUTREACH_BENCH_PATIENTS (100000), OUTREACH_BENCH_SEED (1) and OUTREACH_BENCH_RUNS (3) change the size, the patients
# and the number of runs. Fails when a number is beyond Benchmarks/thresholds, or when the two programs do not agree
# on the audience and the proposals.
set -euo pipefail

bin=${1:?usage: Benchmarks/run.sh BIN [--record]}
record=${2:-}
here=$(cd "$(dirname "$0")" && pwd)
campaign=$here/../Campaigns/diabetes-adherence.lua
patients=${OUTREACH_BENCH_PATIENTS:-100000}
seed=${OUTREACH_BENCH_SEED:-1}
runs=${OUTREACH_BENCH_RUNS:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The key of the benchmark's workspace goes with it.
export XDG_CONFIG_HOME=$work/config
unset OUTREACH_KEY_FILE OUTREACH_KEY_COMMAND OUTREACH_WORKSPACE

limits=(-llua5.4 -lsqlite3 -lcrypto)
# shellcheck disable=SC2046
cc -O2 -flto -std=gnu11 -Wall -Wextra -Werror $(pkg-config --cflags lua5.4) -o "$work/limit" "$here"/limit/*.c "${limits[@]}"
cc -O2 -std=gnu11 -Wall -Wextra -Werror -o "$work/measure" "$here/measure.c"

echo "making $patients patients (seed $seed)" >&2
"$work/measure" "$work/generate" "$bin/outreach-bench" generate --patients "$patients" --seed "$seed" "$work/clinic" >&2
key=$(echo "$XDG_CONFIG_HOME"/outreach/*.key)
cp "$campaign" "$work/campaign.lua"

preview() {
  "$work/measure" "$work/use" "$bin/outreach" preview --workspace "$work/clinic" --format json --limit 0 \
    --at 2026-11-23T16:00:00Z "$work/campaign.lua" >"$work/preview.json"
  cat "$work/use" >>"$work/preview.use"
}
limit() {
  "$work/measure" "$work/use" "$work/limit" "$work/clinic/outreach.db" "${key%.key}.keys" "$key" \
    "$work/clinic/valuesets.lua" "$work/campaign.lua" 2026-11-23 >"$work/limit.json"
  cat "$work/use" >>"$work/limit.use"
}
"$bin/outreach-bench" messages "$work/clinic" >"$work/messages"
for ((run = 1; run <= runs; run++)); do
  echo "run $run of $runs" >&2
  preview
  limit
done

# number FILE NAME: the number of that name in the last line of a file of JSON lines.
number() { tail -n 1 "$1" | grep -o "\"$2\":[0-9]*" | head -n 1 | cut -d : -f 2; }
# Every proposal becomes one decision: sent, deferred, or suppressed for some reason.
proposals() {
  local suppressed
  suppressed=$(tail -n 1 "$1" | grep -o '"suppress":{[^}]*}' | grep -o ':[0-9]*' | tr -d : | paste -sd+)
  echo $(($(number "$1" send) + $(number "$1" defer) + ${suppressed:-0}))
}
# column FILE N: the values of a column in order, one a line.
column() { cut -d ' ' -f "$2" "$1" | sort -n; }
median() { column "$1" "$2" | sed -n "$(((runs + 1) / 2))p"; }

audience=$(number "$work/preview.json" in_audience)
proposed=$(proposals "$work/preview.json")
limit_audience=$(number "$work/limit.json" in_audience)
limit_proposed=$(number "$work/limit.json" proposals)
cpu=$(median "$work/preview.use" 1)
limit_cpu=$(median "$work/limit.use" 1)
memory=$(median "$work/preview.use" 2)
limit_memory=$(median "$work/limit.use" 2)
ratio=$(awk "BEGIN { printf \"%.2f\", $cpu / $limit_cpu }")

row() {  # NAME FILE CPU MEMORY
  awk -v name="$1" -v cpu="$3" -v memory="$4" -v patients="$patients" -v low="$(column "$2" 1 | head -n 1)" \
    -v high="$(column "$2" 1 | tail -n 1)" 'BEGIN {
      printf "| %-17s | %7.3f | %6.3f–%-6.3f | %10.2f | %8.1f |\n", name, cpu, low, high, cpu / patients * 1e6, memory / 1024
    }'
}
table() {
  echo "| program           | CPU (s) | lowest–highest | µs/patient | peak MB  |"
  echo "| ----------------- | ------- | -------------- | ---------- | -------- |"
  row "outreach preview" "$work/preview.use" "$cpu" "$memory"
  row "limit (bare C)" "$work/limit.use" "$limit_cpu" "$limit_memory"
  echo
  echo "ratio $ratio; $patients patients (seed $seed), $audience in the audience, $proposed proposals; medians of $runs runs"
}
table
cat "$work/messages"

if [ "$record" = --record ]; then
  {
    echo "# Results"
    echo
    echo "Made by \`Benchmarks/run.sh BIN --record\`: one campaign previewed over generated patients, and the bare C program of"
    echo "\`limit/\` that does the same reads and calls. User and system CPU of the whole process."
    echo
    table
    echo
    sed 's/^/- /' "$work/messages"
    echo "- date: $(date -u +%Y-%m-%d)"
    echo "- machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores, $(uname -sr)"
    echo "- $(swift --version 2>/dev/null | head -n 1)"
    echo "- Lua $(pkg-config --modversion lua5.4), SQLite $(pkg-config --modversion sqlite3)," \
      "OpenSSL $(pkg-config --modversion libcrypto), $(cc --version | head -n 1)"
  } >"$here/RESULTS.md"
fi

status=0
complain() {
  echo "FAILED: $1" >&2
  status=1
}
[ "$(number "$work/preview.json" patients)" = "$(number "$work/limit.json" patients)" ] || complain "the two saw different patients"
[ "$audience" = "$limit_audience" ] || complain "the audience is $audience, by the limit $limit_audience"
[ "$proposed" = "$limit_proposed" ] || complain "there are $proposed proposals, by the limit $limit_proposed"
threshold() { awk -v name="$1" '$1 == name { print $2 }' "$here/thresholds"; }
exceeds() { awk "BEGIN { exit !($1 > $2) }"; }
allowed=$(threshold preview_cpu_ratio)
if exceeds "$ratio" "$allowed"; then complain "the ratio $ratio is above $allowed"; fi
allowed=$(threshold preview_peak_mb)
if exceeds "$memory / 1024" "$allowed"; then complain "the peak of $((memory / 1024)) MB is above $allowed MB"; fi
exit $status
