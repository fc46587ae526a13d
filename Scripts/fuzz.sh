#!/bin/sh
# Gives everything that reads bytes which others made to libFuzzer, with AddressSanitizer.
# Usage: fuzz.sh SECONDS [parse|schema|messages|frames|vocabulary|configuration]...
# A finding is left in .build-fuzz/runs as crash-*, and the status is not 0. The last line of each says how many inputs were run.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-600}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- parse schema messages frames vocabulary configuration
for target in "$@"; do
  [ -d "Tests/Fuzz/corpus/$target" ] || { echo "There is nothing called $target to try." >&2; exit 2; }
done

# A folder of its own: everything in it is built to be watched.
scratch=.build-fuzz
# The compiler heeds the last -sanitize alone, so both are said again in one.
CONCORD_FUZZER=1 swift build -c release --product concord-fuzz --sanitize=fuzzer --sanitize=address \
  -Xswiftc -sanitize=fuzzer,address --disable-dead-strip --scratch-path "$scratch"
program=$PWD/$scratch/release/concord-fuzz

# Without counters everywhere it would try blindly, and find little in any time.
counters=$(CONCORD_FUZZ=parse SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0 "$program" -runs=0 2>&1 \
  | sed -n 's/.*(\([0-9]*\) inline 8-bit counters).*/\1/p')
if [ "${counters:-0}" -lt 20000 ]; then
  echo "The program is not watched: it has ${counters:-no} counters." >&2
  exit 1
fi

for target in "$@"; do
  found="$scratch/runs/corpus-$target"
  mkdir -p "$found"
  echo "== $target"
  # Swift's own crash reports would take longer than the run. What stays in memory until the end is no leak.
  (cd "$scratch/runs" && CONCORD_FUZZ=$target SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0 "$program" \
    -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="crash-$target-" "corpus-$target" "../../Tests/Fuzz/corpus/$target" 2>&1 \
    | grep -v "NEW_FUNC\|REDUCE\|NEW  \|pulse") || true
  if ls "$scratch/runs/crash-$target-"* >/dev/null 2>&1; then
    echo "Found: $scratch/runs/crash-$target-*; remove it when it is put right." >&2
    exit 1
  fi
done
exit 0
