#!/bin/sh
# Writes rules.json beside each plugin.json that names a library: what `concord-worker --describe` says of it.
# Usage: describe.sh PRODUCTS [PLUGINS]
set -eu
products=$1
plugins=${2:-Plugins}

for descriptor in "$plugins"/*/plugin.json; do
  folder=${descriptor%/plugin.json}
  name=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1])).get("library", ""))' "$descriptor")
  [ -n "$name" ] || continue
  library="$folder/lib$name.so"
  [ -e "$library" ] || library="$products/lib$name.so"
  if [ ! -e "$library" ]; then
    echo "$descriptor: lib$name.so is not built" >&2
    exit 1
  fi
  "$products/concord-worker" --describe "$library" >"$folder/rules.json.new"
  if cmp -s "$folder/rules.json.new" "$folder/rules.json"; then
    rm "$folder/rules.json.new"
  else
    mv "$folder/rules.json.new" "$folder/rules.json"
    echo "wrote $folder/rules.json"
  fi
done
