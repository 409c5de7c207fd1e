#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# make-example.sh SIMULATE CLI PARAMETERS OUTPUT FOLDER: simulates the raw records of every cell and
# builds the example project from them, the way a user would from a folder of files.
set -eu
simulate=$1 cli=$2 parameters=$3 output=$4 folder=$5
rm -rf "$folder"
mkdir -p "$folder"
"$simulate" "$parameters" "$folder"
"$cli" build "$folder/cells.csv" --simulated --title "LRMO and LCO in all-solid-state cells (simulated)" -o "$output" >"$folder/build.txt"
rm -rf "$folder"
