#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real files through Battery Data Format and back: the cycles are the same. Needs the shared data."""

import json
import os
import subprocess
import sys
import tempfile

FILES = [
    "neware-ndax/nw4-120-1-6-53.ndax", "novonix/novonix.csv", "maccor/maccor_002.txt",
    "arbin-res/arbin_example.res", "biologic-mpr/250116_kigr_gen6_01_01_GCPL_CD8.mpr",
]
# Key and relative tolerance; energy is counted apart for each direction, so that noise around a
# turn of the current adds a little.
KEYS = {"charge_capacity_mAh": 1e-9, "discharge_capacity_mAh": 1e-9,
        "mean_discharge_potential_V": 1e-9, "charge_energy_mWh": 1e-7}


def run(program, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def compare(program, path, copy):
    run(program, "convert", path, "-o", copy)
    before, after = json.loads(
        run(program, "cycles", "--format", "json", path, copy))["results"]
    assert len(before["cycles"]) == len(after["cycles"]) > 0, path
    compared = 0
    for old, new in zip(before["cycles"], after["cycles"]):
        for key, tolerance in KEYS.items():
            # GCPL files record no energy: it is integrated, from a first row that differs.
            if old[key] is None or abs(old[key]) < 1e-6 or ("energy" in key and path.endswith("mpr")):
                continue
            assert abs(new[key] / old[key] - 1) < tolerance, (path, old["cycle"], key)
            compared += 1
    return compared


def main():
    program = os.path.abspath(sys.argv[1])
    shared = os.environ.get("PLATEAU_SHARED") or sys.argv[2]
    folder = os.path.join(shared, "data", "cycling")
    present = [path for path in (os.path.join(folder, name) for name in FILES) if os.path.exists(path)]
    if not present:
        print("SKIP: the shared data are not there; set PLATEAU_SHARED to their folder")
        return 77
    with tempfile.TemporaryDirectory() as work:
        for path in present:
            n = compare(program, path, os.path.join(work, "copy.bdf.csv"))
            print(f"{os.path.relpath(path, folder)}: {n} numbers compared")
    return 0


if __name__ == "__main__":
    sys.exit(main())
