#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures of the window for the README and the metainfo: screenshots.sh [FOLDER [PAGE...]]
# Those of the help window: screenshots.sh --help-pictures [FOLDER]
# Every screen in light, dark, Chinese, 200 %, 1024 x 700 and high contrast, to be looked at:
#   screenshots.sh --every FOLDER [VARIANT...]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${PLATEAU_BUILD:-$root/build}
script=screenshots.py
folder=$root/resources/screenshots
case "${1:-}" in
  --every) script=screens.py; export PLATEAU_SCREEN=2880x1800; shift ;;
  --help-pictures) script=help_pictures.py; folder=$root/resources/help; shift ;;
esac
folder=${1:-$folder}
[ $# -gt 0 ] && shift
export PLATEAU_LOCALE_DIR=${PLATEAU_LOCALE_DIR:-$build/po}
export PLATEAU_SHARED=${PLATEAU_SHARED:-$root/../shared}
export GSETTINGS_SCHEMA_DIR=$build/resources PLATEAU_EXAMPLE=$build/resources/example/example.plateau LC_ALL=${LC_ALL:-C.UTF-8}
exec bash "$root/tests/gui/run-gui.sh" /usr/bin/python3 "$root/tests/gui/$script" \
  "$build/app/plateau" "$build/tests/gui/file-source" "$folder" "$@"
