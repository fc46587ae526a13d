#!/bin/sh
# Drives Debian's Emacs in batch mode, with the configuration people copy and the server that was built.
# Usage: run.sh PRODUCTS
set -eu
root=$(cd "$(dirname "$0")/../../.." && pwd)
products=$(cd "${1:-$root/.build/release}" && pwd)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/home/.emacs.d/lisp"
cp "$root/EditorConfigs/emacs/concord.el" "$work/home/.emacs.d/lisp/"
cp -R "$root/Examples/shelf" "$work/shelf"
cp -R "$root/Plugins/Vision/Examples" "$work/vision"
cat >"$work/package.json" <<'END'
{ "name": "a", "version": "1.0.0", "dependencies": { "b": "^2.0.0" } }
END

export HOME="$work/home" CONCORD_TEST_WORK="$work" CONCORD_TEST_PRODUCTS="$products" CONCORD_TEST_ROOT="$root"
# Debian's own start-up makes its packages known; the user's is the line of the README.
timeout 300 emacs --batch --eval '(load "~/.emacs.d/lisp/concord")' --load "$root/Tests/Editor/emacs/drive.el" </dev/null
