#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# make-records.sh SIMULATE PARAMETERS FOLDER STAMP: simulates the raw records of every cell.
set -eu
rm -rf "$3"
mkdir -p "$3"
"$1" "$2" "$3"
touch "$4"
