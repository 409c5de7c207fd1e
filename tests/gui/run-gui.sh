#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a command on a display, a session bus and an accessibility bus of its own.
set -eu
for tool in xvfb-run dbus-run-session xdotool; do
  command -v $tool >/dev/null || { echo "1..0 # SKIP: $tool is not installed"; exit 0; }
done
exec xvfb-run -a -s "-screen 0 ${PLATEAU_SCREEN:-1440x900}x24 -noreset" dbus-run-session -- bash -c '
  gsettings set org.gnome.desktop.interface toolkit-accessibility true 2>/dev/null || true
  /usr/libexec/at-spi-bus-launcher --launch-immediately --a11y=1 >&2 &
  launcher=$!
  trap "kill $launcher 2>/dev/null" EXIT
  sleep 0.5
  "$@"' gui "$@"
