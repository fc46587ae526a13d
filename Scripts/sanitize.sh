#!/bin/sh
# Builds the tests with a sanitizer, in a folder of its own, and runs them. Usage: sanitize.sh address|thread [FILTER]
#
# Left out is what can't be asked of such a build: limits on memory, which sanitizers break by what they are, kernels that
# are simulated, and times.
set -eu
cd "$(dirname "$0")/.."
sanitizer=${1:?address or thread}
filter=${2:-.}
scratch=.build-$sanitizer

swift build --build-tests --sanitize="$sanitizer" --scratch-path "$scratch"
# Swift's own memory is found through pointers that the search for leaks does not know.
export ASAN_OPTIONS=detect_leaks=0
export TSAN_OPTIONS=halt_on_error=1
CONCORD_EDITS=${CONCORD_EDITS:-200} CONCORD_FUZZ_INPUTS=${CONCORD_FUZZ_INPUTS:-200} \
  swift test --skip-build --disable-xctest --sanitize="$sanitizer" --scratch-path "$scratch" --filter "$filter" \
  --skip 'ConfinementTests|aPluginHasTheMemoryItIsAllowed|aClientThatStopsReadingIsGivenUp|IdleTests|HostileDataTests'
