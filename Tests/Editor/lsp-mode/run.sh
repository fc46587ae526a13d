#!/bin/sh
# Drives Debian's Emacs with Debian's lsp-mode, the file people copy and the server that was built.
# Usage: run.sh PRODUCTS
set -eu
root=$(cd "$(dirname "$0")/../../.." && pwd)
products=$(cd "${1:-$root/.build/release}" && pwd)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/home/.emacs.d/lisp"
cp "$root/EditorConfigs/lsp-mode/concord-lsp-mode.el" "$work/home/.emacs.d/lisp/"
cp -R "$root/Examples/shelf" "$work/shelf"
export HOME="$work/home" CONCORD_TEST_WORK="$work" CONCORD_TEST_PRODUCTS="$products" CONCORD_TEST_ROOT="$root"
timeout 120 emacs --batch --load "$root/Tests/Editor/lsp-mode/drive.el" </dev/null
