# SPDX-License-Identifier: GPL-3.0-or-later
# Debian packages by purpose, and a function that installs the missing ones. Sourced by the scripts.

packages_build=(gcc meson ninja-build pkg-config gettext desktop-file-utils libglib2.0-dev-bin libgtk-4-dev libgsl-dev
  libxlsxwriter-dev libsqlite3-dev libjson-glib-dev libzip-dev libdeflate-dev libxml2-dev libpng-dev libtiff-dev
  adwaita-icon-theme fonts-dejavu-core fonts-liberation)
packages_test=(xvfb xauth xdotool dbus at-spi2-core python3 python3-gi python3-pyatspi gir1.2-gtk-4.0 poppler-utils
  librsvg2-bin imagemagick appstream libxml2-utils libreoffice-calc fonts-noto-cjk x11-utils zip)

install_missing() {
  local missing=() package
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  echo "Installing: ${missing[*]}"
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "These packages are missing and sudo is not there: ${missing[*]}" >&2; return 1; }
    root=(sudo)
  fi
  local log
  log=$(mktemp)
  if ! { "${root[@]}" apt-get update -q && "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
           apt-get install -y -q --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
    tail -n 30 "$log" >&2
    echo "The packages above could not be installed; the whole log is $log." >&2
    return 1
  fi
  rm -f "$log"
}
