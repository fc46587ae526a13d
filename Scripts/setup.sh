#!/bin/sh
# Installs what Concord is built and tested with, if any of it is missing: Debian packages, and from PyPI, in a folder of the
# repository's own, the protocol's published types. Asks nothing.
# Usage: setup.sh [TOOL:PACKAGE]..., what is wanted besides
set -eu

libraries="libjson-c-dev libpcre2-dev libidn2-dev libseccomp-dev libpng-dev libjpeg62-turbo-dev libexif-dev nettle-dev
libjemalloc-dev libcsv-dev libutf8proc-dev zlib1g-dev libgeos-dev libproj-dev"
# What Emacs 28 and Vim speak to language servers with; they have no programs of their own.
additions="elpa-eglot vim-ale"
# The protocol's types, as PyPI names them, and the folder they are in; the Makefile names it, too.
judge="lsprotocol==2025.0.0"
judge_folder=$(dirname "$0")/../.build-python
# A tool that is there under any name will do; the package is what brings it where it is not.
tools="pkg-config:pkg-config nvim:neovim emacs:emacs-nox vim:vim node:nodejs valgrind:valgrind python3:python3 strip:binutils cc:gcc"

if ! command -v swift >/dev/null 2>&1; then
  echo "Concord needs Swift 6.3 or newer: https://www.swift.org/install/linux/" >&2
  exit 1
fi

missing=""
for package in $libraries $additions; do
  status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
  [ "$status" = "install ok installed" ] || missing="$missing $package"
done
for tool in $tools "$@"; do
  command -v "${tool%%:*}" >/dev/null 2>&1 || missing="$missing ${tool##*:}"
done
python3 -c "import ensurepip, venv" 2>/dev/null || missing="$missing python3-venv"

install_packages() {
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Install these first (Debian's names):$missing" >&2
    exit 1
  fi
  as_root=""
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      echo "Run as root: apt-get install$missing" >&2
      exit 1
    fi
    as_root="sudo"
  fi

  echo "Installing:$missing"
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086  # both are lists of words
  {
    $as_root apt-get update -q
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
  } </dev/null
}
[ -z "$missing" ] || install_packages

# Whoever is not connected can build all the same; `make test` then says that no message was judged.
if [ "$(cat "$judge_folder/holds" 2>/dev/null)" != "$judge" ]; then
  echo "Installing from PyPI: $judge"
  if python3 -m venv "$judge_folder" && "$judge_folder/bin/pip" install --quiet --disable-pip-version-check "$judge"; then
    echo "$judge" >"$judge_folder/holds"
  else
    echo "The protocol's types could not be installed." >&2
  fi
fi
