#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes a Flatpak runtime and SDK out of Debian 12 packages, for places that cannot reach the GNOME
# runtime: local-runtime.sh REPOSITORY FOLDER. Needs root, debootstrap, flatpak and ostree.
set -eu
repository=$1 folder=$2
arch=$(flatpak --default-arch)
branch=12
run_packages="libgtk-4-1 libgsl27 libxlsxwriter4 libsqlite3-0 libjson-glib-1.0-0 libzip4 libdeflate0 libxml2 libpng16-16 libtiff6 librsvg2-common adwaita-icon-theme fonts-dejavu-core fonts-liberation fonts-noto-cjk gsettings-desktop-schemas shared-mime-info dconf-gsettings-backend libgl1-mesa-dri libegl1 libgles2 ca-certificates"
sdk_packages="gcc meson ninja-build pkg-config gettext python3 desktop-file-utils appstream elfutils patch git ccache file libc6-dev libglib2.0-dev libglib2.0-dev-bin libgtk-4-dev libgtk-4-bin libgsl-dev libxlsxwriter-dev libsqlite3-dev libjson-glib-dev libzip-dev libdeflate-dev libxml2-dev libpng-dev libtiff-dev"

# A runtime is the /usr of a system; its /etc goes to /usr/etc.
make_tree() { # ID PACKAGES
  local id=$1 packages=$2
  local root=$folder/$id-root tree=$folder/$id
  if [ ! -f "$tree/metadata" ]; then
    rm -rf "$root" "$tree"
    # The base first, then the rest by apt, which resolves alternatives that debootstrap cannot.
    { debootstrap --variant=minbase --merged-usr bookworm "$root" &&
        cp -L /etc/resolv.conf /etc/hosts "$root/etc/" &&
        chroot "$root" apt-get update -q &&
        chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $packages
    } >"$folder/$id.log" 2>&1 </dev/null || { tail -n 20 "$folder/$id.log"; exit 1; }
    mkdir -p "$tree"
    mv "$root/usr" "$tree/files"
    rm -rf "$tree/files/etc"
    mv "$root/etc" "$tree/files/etc"
    # Debian keeps configuration in /var and caches; a sandbox has neither.
    rm -rf "$tree/files/etc/apt" "$tree/files/etc/passwd-" "$tree/files/share/doc" "$tree/files/share/man" "$root"
    rm -f "$tree/files/etc/resolv.conf" "$tree/files/etc/hostname" "$tree/files/etc/mtab" "$tree/files/etc/localtime"
    # No file may raise privileges, and flatpak refuses other file types.
    find "$tree/files" -perm /6000 -exec chmod a-s {} +
    find "$tree/files" ! -type f ! -type d ! -type l -delete
    chmod -R u+rwX "$tree/files"
    cat >"$tree/metadata" <<EOF
[Runtime]
name=$id
runtime=io.github.plateau.DebianPlatform/$arch/$branch
sdk=io.github.plateau.DebianSdk/$arch/$branch
EOF
  fi
  flatpak build-export --runtime --files=files --no-update-summary "$repository" "$tree" "$branch" >>"$folder/$id.log" 2>&1 ||
    { tail -n 20 "$folder/$id.log"; exit 1; }
  echo "$id made"
}

mkdir -p "$folder"
make_tree io.github.plateau.DebianPlatform "$run_packages"
make_tree io.github.plateau.DebianSdk "$run_packages $sdk_packages"
flatpak build-update-repo "$repository" >/dev/null
