#!/bin/sh
# Gives the parser, and what reads messages and workers' frames, to libFuzzer with AddressSanitizer.
# Usage: fuzz.sh SECONDS [parse|frames]...
# A finding is left in .build/fuzz as crash-*, and the status is not 0.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-300}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- parse frames
folder=.build/fuzz

# One module: what is tried and the entry point together, so that nothing needs to be built apart. It has the name of the
# module that the others import, which makes the imports lines about itself.
compile() {
  name=$1
  entry=$2
  shift 2
  printf '%s\n' "$@" | sort >"$folder/$name.sources"
  swiftc -O -parse-as-library -swift-version 6 -package-name concord -module-name Manifest -suppress-warnings \
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault \
    -enable-upcoming-feature MemberImportVisibility -enable-upcoming-feature NonisolatedNonsendingByDefault \
    -sanitize=fuzzer,address @"$folder/$name.sources" "$entry" -o "$folder/$name"
}

for target in "$@"; do
  mkdir -p "$folder/corpus-$target"
  # shellcheck disable=SC2046  # no name of a source has a space
  case $target in
  parse)
    compile parse Tests/Fuzz/ParseAndEdit.swift $(find Sources/Manifest -name '*.swift')
    cp Examples/*/*.json Plugins/*/Examples/*.json* "$folder/corpus-parse/" 2>/dev/null || true
    ;;
  frames)
    compile frames Tests/Fuzz/Frames.swift $(find Sources/WorkerProtocol -name "*.swift") \
      Sources/JSONRPC/FrameReader.swift Sources/Manifest/Node.swift Sources/Manifest/RoleTable.swift \
      Sources/Ontology/Bitmap.swift Sources/Ontology/CompiledVocabulary.swift Sources/Ontology/IndexLayout.swift \
      Sources/Ontology/IndexMemory.swift Sources/Ontology/MinPyramid.swift Sources/Ontology/Term.swift \
      Sources/Ontology/TermLookup.swift Sources/Ontology/TermRecord.swift
    cp Tests/Fuzz/frames/* "$folder/corpus-frames/"
    ;;
  *)
    echo "There is nothing called $target to try." >&2
    exit 2
    ;;
  esac
done

for target in "$@"; do
  # Swift's own crash reports would take longer than the run.
  (cd "$folder" && SWIFT_BACKTRACE=enable=no "./$target" -max_total_time="$seconds" -max_len=4096 -timeout=10 \
    -rss_limit_mb=2048 -artifact_prefix="crash-$target-" "corpus-$target")
done
