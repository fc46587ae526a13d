#!/bin/sh
# Installs the Debian packages that Concord is built and tested with, if any is missing. Asks nothing.
set -eu

libraries="libjson-c-dev libpcre2-dev libidn2-dev libseccomp-dev libpng-dev libjpeg62-turbo-dev libexif-dev nettle-dev
libcsv-dev libutf8proc-dev zlib1g-dev libgeos-dev libproj-dev"
# What Emacs 28 speaks to language servers with; it has no program of its own.
additions="elpa-eglot"
# A tool that is there under any name will do; the package is what brings it where it is not.
tools="pkg-config:pkg-config nvim:neovim emacs:emacs-nox valgrind:valgrind python3:python3 strip:binutils cc:gcc"

if ! command -v swift >/dev/null 2>&1; then
  echo "Concord needs Swift 6.3 or newer: https://www.swift.org/install/linux/" >&2
  exit 1
fi

missing=""
for package in $libraries $additions; do
  status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
  [ "$status" = "install ok installed" ] || missing="$missing $package"
done
for tool in $tools; do
  command -v "${tool%%:*}" >/dev/null 2>&1 || missing="$missing ${tool##*:}"
done
[ -n "$missing" ] || exit 0

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
