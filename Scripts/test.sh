#!/bin/sh
# Runs the tests that are built, and says at the end what failed, which would stand far up otherwise.
# Usage: test.sh SECONDS ARGUMENT... (arguments of `swift test`)
set -eu
seconds=$1
shift
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
# A pipe would give the status of its end.
timeout --kill-after=10 "$seconds" swift test --skip-build --disable-xctest "$@" >"$log" 2>&1 || status=$?
cat "$log"
[ "$status" -eq 0 ] && exit 0
echo
echo "== what failed"
grep -a "recorded an issue\|Fatal error\|✘" "$log" || true
# Those that began and did not end, when it was ended for them or by a crash.
grep -a "^◇ Test .* started\.$" "$log" | grep -av "◇ Test case \|◇ Test run " | sed 's/^◇ Test \(.*\) started\.$/\1/' |
  while read -r test; do
    grep -aF " Test $test " "$log" | grep -aq "passed after\|failed after" || echo "did not end: $test"
  done
exit "$status"
