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
cp -R "$root/Examples/medical" "$work/study"
rm -r "$work/study/mistakes"
# A harbour, and 100,000 messages of ships in it.
mkdir "$work/harbour"
cp "$root/Examples/geospatial/mistakes/scene.json" "$root/Examples/geospatial/concord.json" "$work/harbour/"
python3 - "$work/harbour/ships.jsonl" <<'END'
import sys
line = '{"class": "AIS", "type": 1, "mmsi": "%d", "timestamp": "2026-11-20T%02d:%02d:%02dZ", "lon": %.4f, "lat": %.4f}\n'
with open(sys.argv[1], "w") as out:
    out.write(line % (211331640, 5, 36, 0, 10.1762, 54.35))
    out.write(line % (211331640, 5, 46, 0, 10.2238, 54.35))
    for ship in range(500):
        for step in range(200):
            second = 400 * step + ship
            hour, minute = second // 3600, second // 60 % 60
            out.write(line % (219000100 + ship, hour % 24, minute, second % 60, 11 + ship / 500 + step / 1000, 55 + ship / 1000))
END
cp -R "$root/Examples/speech" "$work/speech"
rm -r "$work/speech/mistakes"
echo '{"call-7.wav": {"EmoClass": "N", "SpkrID": "caller-bob"}}' >"$work/speech/feelings.json"

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

# A plugin of data alone, whose ids count in a whole dataset, and a dataset of three files.
mkdir -p "$work/plugins/talk" "$work/talk"
cat >"$work/plugins/talk/plugin.json" <<'END'
{ "id": "talk", "version": "1.0.0", "name": "Talk", "dialects": [
  { "id": "recordings", "name": "recordings", "syntax": "jsonl", "schema": "recordings.json", "files": ["*.jsonl"],
    "probe": { "required": ["/0/recording"] }, "records": ["/*"] },
  { "id": "segments", "name": "segments", "syntax": "jsonl", "schema": "segments.json", "files": ["*.jsonl"],
    "probe": { "required": ["/0/segment"] }, "records": ["/*"] } ] }
END
cat >"$work/plugins/talk/recordings.json" <<'END'
{ "type": "object", "properties": { "recording": { "type": "string", "x-defines": { "kind": "recording", "scope": "dataset" } } } }
END
cat >"$work/plugins/talk/segments.json" <<'END'
{ "type": "object", "properties": { "of": { "type": "string", "x-references": { "kind": "recording", "scope": "dataset" } } } }
END
echo '{}' >"$work/talk/concord.json"
printf '%s\n' '{"recording": "r1", "seconds": 4}' '{"recording": "r2", "seconds": 5}' >"$work/talk/recordings.jsonl"
printf '%s\n' '{"segment": "s1", "of": "r1"}' '{"segment": "s2", "of": "r2"}' >"$work/talk/day1.jsonl"
printf '%s\n' '{"segment": "s3", "of": "r2"}' '{"segment": "s4", "of": "r2"}' >"$work/talk/day2.jsonl"

export XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/data" XDG_STATE_HOME="$work/state" XDG_CACHE_HOME="$work/cache"
export CONCORD_TEST_WORK="$work" CONCORD_TEST_PRODUCTS="$products" CONCORD_TEST_ROOT="$root"
# The driver is a Neovim of its own without configuration; it types into a second one over RPC.
timeout 300 nvim --headless -u NONE -i NONE -n -c "luafile $root/Tests/Editor/neovim/drive.lua" </dev/null
