#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds with the address and undefined-behaviour sanitizers and runs every test; the window's under
# Xvfb. The last line is "N passed, N failed". With --flatpak also builds, installs and tries the
# Flatpak, which takes minutes.
set -eu
cd "$(dirname "$0")/.."
. app/packages.sh
flatpak=no
[ "${1:-}" = --flatpak ] && flatpak=yes

install_missing "${packages_build[@]}" "${packages_test[@]}"

build=build-test
if [ ! -f $build/build.ninja ]; then
  meson setup $build -Dwerror=true -Dbuildtype=debugoptimized -Db_sanitize=address,undefined -Db_lundef=false >/dev/null ||
    { cat $build/meson-logs/meson-log.txt; echo "0 passed, 1 failed"; exit 1; }
fi
ninja -C $build >$build/build.log 2>&1 ||
  { grep -E -A12 'FAILED|error' $build/build.log | head -n 80; echo "0 passed, 1 failed"; exit 1; }

status=0
meson test -C $build --no-rebuild --print-errorlogs || status=$?
python3 tests/summary.py $build/meson-logs || status=1
if [ $flatpak = yes ]; then
  bash tests/flatpak/run.sh || status=1
fi
python3 tests/summary.py --line $build/meson-logs || status=1
exit $status
