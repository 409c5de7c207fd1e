#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads one simulated test in every LAND and Neware export layout and compares it with the truth.

Usage: test-land-fixtures.py plateau-cli make-fixtures.py [FOLDER]. FOLDER keeps the files.
"""

import json
import os
import subprocess
import sys
import tempfile

TOLERANCE = 1e-3
KEYS = ("duration_s", "potential_first_V", "potential_last_V", "current_max_abs_mA")
CYCLE_KEYS = ("charge_capacity_mAh", "discharge_capacity_mAh", "charge_energy_mWh",
              "discharge_energy_mWh")


def results(program, command, paths):
    done = subprocess.run([program, command, "--format", "json", *paths], capture_output=True,
                          text=True, check=False)
    if done.returncode not in (0, 1):  # a crash, or what a sanitizer found
        sys.exit(f"plateau-cli {command} ended with {done.returncode}: {done.stderr}")
    try:
        return json.loads(done.stdout)["results"]
    except (json.JSONDecodeError, KeyError):
        sys.exit(f"plateau-cli {command} ended with {done.returncode}: {done.stderr}")


def off(found, expected):
    return found is None or abs(found - expected) > TOLERANCE * abs(expected)


def faults(info, cycles, expected):
    for result in (info, cycles):
        if "error" in result:
            return [result["error"]]
    out = [f"{key} {info[key]}, not {expected[key]}" for key in KEYS if off(info[key], expected[key])]
    out += [f"{key} {info[key]}, not {expected[key]}" for key in ("reader", "rows")
            if info[key] != expected[key]]
    if len(cycles["cycles"]) != len(expected["cycles"]):
        return out + [f"{len(cycles['cycles'])} cycles, not {len(expected['cycles'])}"]
    for number, (a, b) in enumerate(zip(cycles["cycles"], expected["cycles"]), 1):
        out += [f"cycle {number}: {key} {a[key]}, not {b[key]}" for key in CYCLE_KEYS
                if off(a[key], b[key])]
    return out


def check(program, generator, folder):
    subprocess.run([sys.executable, generator, folder], check=True)
    with open(os.path.join(folder, "truth.json"), encoding="utf-8") as f:
        truth = json.load(f)
    paths = [os.path.join(folder, name) for name in truth]
    infos, cycles = results(program, "info", paths), results(program, "cycles", paths)
    assert len(infos) == len(cycles) == len(paths)
    failed = 0
    print(f"1..{len(truth)}")
    for number, (name, info, cycle) in enumerate(zip(truth, infos, cycles), 1):
        wrong = faults(info, cycle, truth[name])
        failed += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {number} - {name} ({info.get('reader')})")
        for line in wrong:
            print(f"# {line}")
    return failed


def main():
    if len(sys.argv) > 3:
        os.makedirs(sys.argv[3], exist_ok=True)
        return check(sys.argv[1], sys.argv[2], sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        return check(sys.argv[1], sys.argv[2], folder)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
