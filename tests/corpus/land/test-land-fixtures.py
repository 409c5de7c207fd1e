#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads one simulated test in every LAND and Neware export layout and compares it with the truth.

Usage: test-land-fixtures.py plateau-cli make-fixtures.py [FOLDER]. FOLDER keeps the files. With
--other-workbooks in its place some workbooks are saved by LibreOffice as .xls (BIFF8), .ods and
.fods and read back.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

TOLERANCE = 1e-3
SAVED_AS = {"xls": ("xls:MS Excel 97", "xls"), "ods": ("ods", "ods"), "fods": ("fods", "ods")}
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


def load_truth(generator, folder):
    subprocess.run([sys.executable, generator, folder], check=True)
    with open(os.path.join(folder, "truth.json"), encoding="utf-8") as f:
        return json.load(f)


def save_as_others(truth, folder):
    """The truth of some of the workbooks as files of other kinds, which it makes."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        print("1..0 # SKIP LibreOffice is not here to write workbooks of other kinds")
        sys.exit(0)
    saved = {}
    for first, (suffix, (kind, reader)) in enumerate(SAVED_AS.items()):
        books = [name for name in truth if name.endswith(".xlsx")][first::6]
        subprocess.run([office, f"-env:UserInstallation=file://{folder}/profile", "--headless",
                        "--convert-to", kind, "--outdir", folder,
                        *[os.path.join(folder, name) for name in books]],
                       check=True, capture_output=True, timeout=300)
        saved.update({name[:-4] + suffix: dict(truth[name], reader=reader) for name in books})
    return saved


def check(program, truth, folder):
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
    program, generator = sys.argv[1:3]
    others = sys.argv[3:] == ["--other-workbooks"]
    if len(sys.argv) > 3 and not others:
        os.makedirs(sys.argv[3], exist_ok=True)
        return check(program, load_truth(generator, sys.argv[3]), sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        truth = load_truth(generator, folder)
        return check(program, save_as_others(truth, folder) if others else truth, folder)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
