#!/bin/sh
# Runs the tests that are built, and says at the end what failed, which would stand far up otherwise.
# Usage: test.sh SECONDS PRODUCTS [ARGUMENT...], where PRODUCTS is the folder that holds them.
set -eu
seconds=$1
products=$2
shift 2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
# All at once, hundreds of servers would wait for two processors, and for more watches than the system lets one user have.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH="${SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH:-16}"
# A pipe would give the status of its end; and `swift test` keeps back what it has not printed yet when it is ended.
timeout --kill-after=10 "$seconds" "$products/concordPackageTests.xctest" --testing-library swift-testing "$@" \
  >"$log" 2>&1 || status=$?
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
