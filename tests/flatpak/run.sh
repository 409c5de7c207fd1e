#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds and installs the Flatpak, then uses it: the command line on a real file, the window under
# Xvfb with a file dropped on it and the figure exported. Takes minutes the first time.
set -eu
cd "$(dirname "$0")/../.."
bash flatpak/install.sh
build=build-test
[ -x $build/tests/gui/file-source ] || build=build
[ -x $build/tests/gui/file-source ] || { echo "tests/flatpak: run tests/run.sh first, it builds the source of the drop"; exit 1; }
shared=${PLATEAU_SHARED:-$PWD/../shared}
if [ -d "$shared/data/cycling" ]; then
  files=("$shared/data/cycling/biologic-mpr/gcpl.pr_182.1.mpr" "$shared/data/cycling/arbin-csv/CS2_33_10_04_10.csv")
else
  echo "tests/flatpak: no measured files beside the checkout, simulated ones are used"
  files=($build/resources/example/records/*_1.bdf.csv)
  files=("${files[0]}" "${files[1]}")
fi
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cp "${files[@]}" "$out"
files=("$out"/*)
flatpak run --command=plateau-cli --filesystem="$out" io.github.plateau.Plateau export "${files[0]}" -o "$out/book.xlsx" >/dev/null
flatpak run --command=plateau-cli --filesystem="$out" io.github.plateau.Plateau figure /app/share/plateau/example.plateau --template capacity-and-efficiency -o "$out/figure.pdf" >/dev/null
[ -s "$out/book.xlsx" ] && pdffonts "$out/figure.pdf" | grep -q yes
echo "ok the command line in the sandbox writes a figure and a workbook"
bash tests/gui/run-gui.sh /usr/bin/python3 tests/flatpak/test_flatpak.py $build/tests/gui/file-source "$out" "${files[@]}"
