#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# make-project.sh CLI FOLDER OUTPUT: builds the example project from the simulated records, the way a
# user would from a folder of files.
set -eu
"$1" build "$2/cells.csv" --simulated --title "LRMO and LCO in all-solid-state cells (simulated)" -o "$3" >"$2/build.txt"
