#!/bin/sh
# Starts JupyterLab with jupyterlab-lsp, the file people copy and the server that was built, and opens a file in Chromium.
# Usage: jupyterlab.sh PRODUCTS PICTURES
set -eu
root=$(cd "$(dirname "$0")/../../.." && pwd)
products=$(cd "${1:-$root/.build/release}" && pwd)
mkdir -p "$2"
pictures=$(cd "$2" && pwd)
lab="${JUPYTERLAB:-$root/.build-tests/jupyterlab}"

work=$(mktemp -d)
server=""
leave() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap leave EXIT
mkdir -p "$work/home" "$work/bin"
cp -R "$root/EditorConfigs/jupyterlab/jupyter" "$work/home/.jupyter"
cp -R "$root/Examples/shelf" "$work/shelf"
cat >"$work/bin/concord" <<END
#!/bin/sh
exec "$products/concord" "\$@" --plugins "$root/Plugins"
END
chmod +x "$work/bin/concord"

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
root_flag=""
[ "$(id -u)" -ne 0 ] || root_flag="--allow-root"
# shellcheck disable=SC2086  # one flag or none
HOME="$work/home" PATH="$work/bin:$PATH" "$lab/bin/jupyter-lab" --no-browser --ip=127.0.0.1 --port="$port" --ServerApp.token= \
  --ServerApp.password= --ServerApp.root_dir="$work/shelf" $root_flag >"$work/log" 2>&1 &
server=$!
deadline=$(($(date +%s) + 60))
until grep -q 'is running at' "$work/log"; do
  if [ "$(date +%s)" -gt "$deadline" ] || ! kill -0 "$server" 2>/dev/null; then
    cat "$work/log"
    exit 1
  fi
  sleep 0.2
done
HOME="$work/home" timeout 240 "$lab/bin/python" "$root/Tests/Editor/windows/jupyterlab.py" \
  "http://127.0.0.1:$port/lab/tree/shelf.json?reset" "$pictures/jupyterlab.png" || {
  tail -30 "$work/log"
  exit 1
}
