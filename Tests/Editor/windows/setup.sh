#!/bin/sh
# Installs what `make test-editors` tries: Debian's lsp-mode, Kate, Chromium and a screen that nobody sees; JupyterLab from PyPI,
# in a folder of its own. Asks nothing.
set -eu
root=$(cd "$(dirname "$0")/../../.." && pwd)

missing=""
for package in elpa-lsp-mode kate xvfb chromium chromium-driver imagemagick fonts-dejavu-core dbus-x11 python3-venv; do
  status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
  [ "$status" = "install ok installed" ] || missing="$missing $package"
done
if [ -n "$missing" ]; then
  as_root=""
  [ "$(id -u)" -eq 0 ] || as_root="sudo"
  echo "Installing:$missing"
  # shellcheck disable=SC2086  # a list of words
  {
    $as_root apt-get update -q
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
  } </dev/null
fi

lab="$root/.build-tests/jupyterlab"
if [ ! -x "$lab/bin/jupyter-lab" ]; then
  python3 -m venv "$lab"
  "$lab/bin/pip" install -q jupyterlab==4.6.6 jupyterlab-lsp==5.3.0 jupyter-lsp==2.3.1 selenium==4.51.0
fi
