#!/bin/sh
# Drives Debian's Neovim, headless, with the configuration people copy and the server that was built.
# Usage: run.sh PRODUCTS
set -eu
root=$(cd "$(dirname "$0")/../../.." && pwd)
products=$(cd "${1:-$root/.build/release}" && pwd)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/config/nvim/plugin" "$work/data" "$work/state" "$work/cache" "$work/elsewhere"
cp "$root/EditorConfigs/neovim/concord.lua" "$work/config/nvim/plugin/"
cp -R "$root/Examples/shelf" "$work/shelf"
cp -R "$root/Plugins/Vision/Examples" "$work/vision"
cp -R "$root/Examples/street-scene" "$work/street"

cat >"$work/elsewhere/settings.jsonc" <<'END'
{
  // The way I like it.
  "editor.fontSize": 14, /* points */
  "files.trimTrailingWhitespace": true,
}
END
cat >"$work/elsewhere/settings.json" <<'END'
{
  // Editors write comments into files of this name, too.
  "editor.fontSize": 14,
}
END
cat >"$work/elsewhere/notebook.ipynb" <<'END'
{ "cells": [ { "cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [], "source": ["print(1)\n"] } ],
  "metadata": {}, "nbformat": 4, "nbformat_minor": 5 }
END
cat >"$work/elsewhere/package.json" <<'END'
{ "name": "a", "version": "1.0.0", "dependencies": { "b": "^2.0.0" } }
END

export XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/data" XDG_STATE_HOME="$work/state" XDG_CACHE_HOME="$work/cache"
export CONCORD_TEST_WORK="$work" CONCORD_TEST_PRODUCTS="$products" CONCORD_TEST_ROOT="$root"
# The driver is a Neovim of its own without configuration; it types into a second one over RPC.
timeout 300 nvim --headless -u NONE -i NONE -n -c "luafile $root/Tests/Editor/neovim/drive.lua" </dev/null
