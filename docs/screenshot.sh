#!/usr/bin/env bash
# Makes docs/poedit.png: the sample PO file in the real Poedit, on a screen of its own.
# Needs Debian's poedit, xvfb, openbox, xdotool, imagemagick and fonts-noto-core.
set -euo pipefail
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$scratch"' EXIT
cp -r articles locales "$scratch"

export DISPLAY=:77 HOME=$scratch XDG_CONFIG_HOME=$scratch/.config XDG_DATA_HOME=$scratch/.local/share
export XDG_RUNTIME_DIR=$scratch/.run GDK_BACKEND=x11 NO_AT_BRIDGE=1 LANG=C.UTF-8 LIBGL_ALWAYS_SOFTWARE=1
mkdir -p -m 700 "$XDG_CONFIG_HOME/poedit" "$XDG_DATA_HOME" "$XDG_RUNTIME_DIR"
cat > "$XDG_CONFIG_HOME/poedit/config" <<CONFIG
version=3.2.2
focus_to_text=1
compile_mo=0
enable_spellchecking=0
translator_name=Kari Nordmann
translator_email=kari@contoso.example
sort_by=file-order
sort_errors_first=0
sort_untrans_first=0
[TM]
search_paths=/nonexistent
[windows/mainwin]
w=1200
h=760
maximized=0
CONFIG
Xvfb :77 -screen 0 1200x760x24 -nolisten tcp 2>/dev/null &
sleep 1
openbox &
cd "$scratch"
poedit locales/nb_NO.po 2>/dev/null &
poedit=$!
for _ in $(seq 60); do
    window=$(xdotool search --onlyvisible --pid "$poedit" --name nb_NO.po | head -n 1 || true)
    [ -n "$window" ] && break
    sleep 0.5
done
sleep 2
xdotool windowactivate --sync "$window" windowsize --sync "$window" 1200 740
for _ in $(seq 13); do xdotool key ctrl+Down; done # to the sentence whose bold mark was mended
sleep 2
import -window root "$OLDPWD/docs/poedit.png"
