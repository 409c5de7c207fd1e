#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds Plateau as a Flatpak and installs it for this user: on the GNOME runtime where it is
# installed or can be had, else on a runtime made here from Debian 12 packages (which needs root).
# Leaves a single-file bundle, flatpak/work/plateau.flatpak.
set -eu
cd "$(dirname "$0")/.."
. app/packages.sh
install_missing flatpak flatpak-builder ostree elfutils python3
manifest=flatpak/io.github.plateau.Plateau.json
work=$PWD/flatpak/work
repository=$work/repository
mkdir -p "$work"
log=$work/build.log
version=$(python3 -c "import json; print(json.load(open('$manifest'))['runtime-version'])")

have_gnome() {
  flatpak info "org.gnome.Sdk//$version" >/dev/null 2>&1 ||
    { [ "${PLATEAU_LOCAL_RUNTIME:-no}" = no ] &&
        timeout 300 flatpak install --user --noninteractive "org.gnome.Platform//$version" "org.gnome.Sdk//$version" >"$log" 2>&1; }
}

# An earlier checkout may have left the name pointing to its own folder.
offer_repository() {
  flatpak remote-add --user --if-not-exists --no-gpg-verify plateau-local "file://$repository"
  flatpak remote-modify --user --url="file://$repository" plateau-local
}

if have_gnome; then
  echo "Building on the GNOME runtime $version"
else
  echo "The GNOME runtime $version is not to be had here: building on a runtime made from Debian 12 packages"
  [ "$(id -u)" -eq 0 ] || { echo "This needs root, for debootstrap." >&2; exit 1; }
  install_missing debootstrap
  [ -d "$repository" ] || ostree init --mode=archive-z2 --repo="$repository"
  if [ ! -f "$work/runtime-done" ]; then
    bash flatpak/local-runtime.sh "$repository" "$work/runtime"
    touch "$work/runtime-done"
  fi
  offer_repository
  for part in DebianPlatform DebianSdk; do
    flatpak install --user --noninteractive --or-update plateau-local "io.github.plateau.$part//12" >>"$log" 2>&1 ||
      { tail -n 20 "$log"; exit 1; }
  done
  python3 flatpak/localise-manifest.py "$manifest" "$PWD" "$work/manifest.json"
  manifest=$work/manifest.json
fi

flatpak-builder --user --force-clean --disable-rofiles-fuse --state-dir="$work/state" --repo="$repository" \
  "$work/app" "$manifest" >"$log" 2>&1 || { tail -n 40 "$log"; exit 1; }
flatpak build-bundle "$repository" "$work/plateau.flatpak" io.github.plateau.Plateau >>"$log" 2>&1 || { tail -n 20 "$log"; exit 1; }
offer_repository
flatpak install --user --noninteractive --or-update plateau-local io.github.plateau.Plateau >>"$log" 2>&1 || { tail -n 20 "$log"; exit 1; }
echo "Installed: flatpak run io.github.plateau.Plateau"
echo "Bundle: $work/plateau.flatpak"
