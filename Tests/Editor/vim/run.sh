#!/bin/sh
# Drives Debian's Vim with Debian's ALE, the configuration people copy and the server that was built.
# Usage: run.sh PRODUCTS
set -eu
root=$(cd "$(dirname "$0")/../../.." && pwd)
products=$(cd "${1:-$root/.build/release}" && pwd)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/home/.vim/plugin"
cp "$root/EditorConfigs/vim/concord.vim" "$work/home/.vim/plugin/"
cp "$root/Tests/Editor/vim/vimrc" "$work/home/.vimrc"
cp -R "$root/Examples/shelf" "$work/shelf"
echo '{ "name": "a", "version": "1.0.0", "dependencies": { "b": "^2.0.0" } }' >"$work/package.json"

export HOME="$work/home" CONCORD_TEST_WORK="$work" CONCORD_TEST_PRODUCTS="$products" CONCORD_TEST_ROOT="$root"
# Without a screen: what it would draw goes nowhere.
status=0
timeout 120 vim -n -i NONE --not-a-term -T dumb -S "$root/Tests/Editor/vim/drive.vim" </dev/null >"$work/screen" 2>&1 || status=$?
cat "$work/report"
exit "$status"
