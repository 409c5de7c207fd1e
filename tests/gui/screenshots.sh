#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures of the window for the README and the metainfo: screenshots.sh [FOLDER [PAGE...]]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${PLATEAU_BUILD:-$root/build}
folder=${1:-$root/resources/screenshots}
[ $# -gt 0 ] && shift
export PLATEAU_SHARED=${PLATEAU_SHARED:-$root/../shared}
export GSETTINGS_SCHEMA_DIR=$build/resources PLATEAU_EXAMPLE=$build/resources/example/example.plateau LC_ALL=${LC_ALL:-C.UTF-8}
exec bash "$root/tests/gui/run-gui.sh" /usr/bin/python3 "$root/tests/gui/screenshots.py" \
  "$build/app/plateau" "$build/tests/gui/file-source" "$folder" "$@"
