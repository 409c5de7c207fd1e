#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds, and opens Plateau on the example project (or on the files given).
# Without a display it does the same job with plateau-cli into a folder that it names.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
. "$here/app/packages.sh"
install_missing "${packages_build[@]}"

build=$here/build
if [ ! -f "$build/build.ninja" ]; then
  meson setup "$build" "$here" -Dtests=false >/dev/null || { cat "$build/meson-logs/meson-log.txt"; exit 1; }
fi
ninja -C "$build" >"$build/build.log" 2>&1 || { grep -E -A12 'FAILED|error' "$build/build.log" | head -n 80; exit 1; }
example=$build/resources/example/example.plateau

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  export GSETTINGS_SCHEMA_DIR=$build/resources PLATEAU_EXAMPLE=$example
  [ $# -gt 0 ] || set -- --example
  exec "$build/app/plateau" "$@"
fi

folder=${PLATEAU_OUTPUT:-$PWD/plateau-example}
mkdir -p "$folder"
[ $# -gt 0 ] || set -- "$example"
cli=$build/app/cli/plateau-cli
"$cli" cycles "$@" --format csv --output "$folder/cycles.csv"
"$cli" figure "$@" --template sun2022-fig3 --output "$folder/figure.pdf"
"$cli" export "$@" --output "$folder/workbook.xlsx"
echo "No display: the figure, the workbook and the numbers are in $folder"
