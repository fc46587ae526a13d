#!/bin/sh
# Gives the parser to libFuzzer with AddressSanitizer. Usage: fuzz.sh SECONDS
# A finding is left in .build/fuzz as crash-*, and the status is not 0.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-300}
folder=.build/fuzz
mkdir -p "$folder/corpus"

# One module: the parser and the entry point together, so that nothing needs to be built apart.
find Sources/Manifest -name '*.swift' -print | sort >"$folder/sources"
swiftc -O -parse-as-library -swift-version 6 -package-name concord -module-name ManifestFuzz \
  -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault \
  -enable-upcoming-feature MemberImportVisibility -enable-upcoming-feature NonisolatedNonsendingByDefault \
  -sanitize=fuzzer,address @"$folder/sources" Tests/Fuzz/ParseAndEdit.swift -o "$folder/parse"

cp Examples/*/*.json Plugins/*/Examples/*.json* "$folder/corpus/" 2>/dev/null || true
cd "$folder"
# Swift's own crash reports would take longer than the run.
SWIFT_BACKTRACE=enable=no ./parse -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 corpus
