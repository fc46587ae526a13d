#!/bin/sh
# Runs the extension for VS Code under Node, in a stand-in of the editor, as it is packed, with the server that was built.
# Usage: run.sh PRODUCTS
set -eu
root=$(cd "$(dirname "$0")/../../.." && pwd)
products=$(cd "${1:-$root/.build/release}" && pwd)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/empty"
cp -R "$root/Examples/shelf" "$root/Examples/street-scene" "$work/"
echo '{}' >"$work/shelf/concord.json"
# More than VS Code hands to anybody: 50 MB.
mkdir "$work/large"
python3 - "$work/large/large.jsonl" <<'END'
import sys
with open(sys.argv[1], "w") as out:
    for number in range(60000):
        out.write('{"number": %d, "text": "%s"}\n' % (number, "x" * 860))
END
# What people install, and no file of this folder besides.
python3 "$root/Scripts/pack-vsix.py" "$work/concord.vsix"
python3 -m zipfile -e "$work/concord.vsix" "$work/unpacked"

export CONCORD_TEST_WORK="$work" CONCORD_TEST_PRODUCTS="$products" CONCORD_TEST_ROOT="$root"
export CONCORD_TEST_EXTENSION="$work/unpacked/extension"
timeout 120 node --test "$root/Tests/Editor/vscode/drive.js" </dev/null
