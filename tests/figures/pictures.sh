#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The figures of the README, from the templates and the example project: pictures.sh BUILD [FOLDER]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "${1:?the build folder}" && pwd)
folder=${2:-$root/resources/screenshots}
for figure in sun2022-fig3:170 sun2022-fig4:170 zhang2023-fig4:170; do
  "$build/app/cli/plateau-cli" figure "$build/resources/example/example.plateau" \
    --template "${figure%:*}" --width-mm "${figure#*:}" --dpi 200 -o "$folder/figure-${figure%:*}.png" >/dev/null
done
