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
if [ "$sanitizer" = thread ]; then
  # Workers have one thread, and can't load libraries that were built like this: those of an ordinary build stand in for them.
  swift build
  for file in concord-worker concord-media; do cp --remove-destination ".build/debug/$file" "$scratch/debug/"; done
  cp --remove-destination .build/debug/lib*.so "$scratch/debug/"
fi
# Swift's own memory is found through pointers that the search for leaks does not know.
export ASAN_OPTIONS=detect_leaks=0
export TSAN_OPTIONS=halt_on_error=1
if [ "$sanitizer" = thread ]; then
  # What it can't see of mutexes by itself.
  clang -O1 -Wall -Wextra -shared -fPIC -o "$scratch/mutex.so" Tests/ThreadSanitizer/mutex.c
  export LD_PRELOAD="$PWD/$scratch/mutex.so"
fi
CONCORD_EDITS=${CONCORD_EDITS:-200} CONCORD_FUZZ_INPUTS=${CONCORD_FUZZ_INPUTS:-200} \
  swift test --skip-build --disable-xctest --sanitize="$sanitizer" --scratch-path "$scratch" --filter "$filter" \
  --skip 'ConfinementTests|aPluginHasTheMemoryItIsAllowed|aClientThatStopsReadingIsGivenUp|IdleTests|HostileDataTests'
