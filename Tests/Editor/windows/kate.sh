#!/bin/sh
# Opens a file in Debian's Kate on a screen that nobody sees, with the settings people copy and the server that was built; what
# the server told Kate is looked at here, and a picture of the window is kept for somebody to look at.
# Usage: kate.sh PRODUCTS PICTURES
set -eu
root=$(cd "$(dirname "$0")/../../.." && pwd)
products=$(cd "${1:-$root/.build/release}" && pwd)
mkdir -p "$2"
pictures=$(cd "$2" && pwd)

work=$(mktemp -d)
kate="" screen=""
leave() {
  [ -z "$kate" ] || kill "$kate" 2>/dev/null || true
  [ -z "$screen" ] || kill "$screen" 2>/dev/null || true
  rm -rf "$work"
}
trap leave EXIT
mkdir -p "$work/config/kate/lspclient" "$work/bin" "$work/run"
chmod 700 "$work/run"
cp "$root/EditorConfigs/kate/settings.json" "$work/config/kate/lspclient/"
# Somebody has said yes to starting it, as Kate asks once.
cat >"$work/config/katerc" <<END
[General]
Show welcome view for new window=false

[Kate Plugins]
lspclientplugin=true

[lspclient]
AllowedServerCommandLines=$work/bin/concord lsp
END
cp -R "$root/Examples/shelf" "$work/shelf"
# What is on the PATH writes down what is said.
cat >"$work/bin/concord" <<END
#!/bin/sh
tee "$work/sent" | "$products/concord" "\$@" --plugins "$root/Plugins" | tee "$work/told"
END
chmod +x "$work/bin/concord"

mkfifo "$work/display"
Xvfb -displayfd 3 -screen 0 1400x900x24 -nolisten tcp 3>"$work/display" >/dev/null 2>&1 &
screen=$!
read -r number <"$work/display"
HOME="$work" XDG_CONFIG_HOME="$work/config" XDG_RUNTIME_DIR="$work/run" PATH="$work/bin:$PATH" DISPLAY=":$number" \
  QT_QPA_PLATFORM=xcb dbus-run-session kate --startanon --line 23 "$work/shelf/shelf.json" >"$work/log" 2>&1 &
kate=$!

deadline=$(($(date +%s) + 60))
until grep -aq 'the last one is 5, not 8' "$work/told" 2>/dev/null; do
  if [ "$(date +%s)" -gt "$deadline" ] || ! kill -0 "$kate" 2>/dev/null; then
    echo "FAIL Kate was not told of the wrong barcode"
    tail -20 "$work/log"
    import -display ":$number" -window root "$pictures/kate.png" 2>/dev/null || true
    exit 1
  fi
  sleep 0.2
done
# Drawing takes a moment, and says nothing when it is done.
sleep 2
import -display ":$number" -window root "$pictures/kate.png"
grep -aq '"textDocument/didOpen"' "$work/sent"
echo "ok   Kate shows what is wrong: $pictures/kate.png"
