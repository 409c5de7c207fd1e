#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The comparison of the example project gives the values that the studies report.

usage: test-example-values.py plateau-cli example.plateau reported-values.tsv
"""
import csv
import json
import subprocess
import sys

# quantity of the library -> metrics of the comparison that may show it, tolerance (in the unit)
QUANTITIES = {
    "initial coulombic efficiency": (["initial_coulombic_efficiency"], 0.3),
    "specific discharge capacity": (["initial_discharge_capacity", "rate_capacity",
                                     "cycling_capacity", "final_capacity"], 1.0),
    "capacity retention": (["capacity_retention"], 0.3),
    "oxygen-redox share of first charge": (["plateau_share"], 1.0),
    "voltage decay": (["voltage_decay"], 0.02),
    "capacity vs room temperature": (["capacity_vs_room_temperature"], 0.5),
}

# What the comparison has no number for, and why.
NO_NUMBER = {
    ("lei2026", "240.8"): "the capacity after the rate test is given as recovery",
    ("lei2026", "81.8"): "the abstract's value; the example follows the text (81.1)",
    ("zhang2023", "84.63"): "the abstract's value; the example follows the text (87.8)",
    ("zhou2022", "180"): "a cell that the example does not have",
    ("zhou2022", "86"): "in the middle of a run of 3000 cycles",
}


def plain(name):
    """Sample names of the example without study and "simulated"."""
    return name.split(" (")[0]


def observations(result):
    for metric in result["metrics"]:
        for sample in metric["samples"]:
            yield metric["metric"], metric["conditions"], sample


def near(value, wanted, share):
    return value is not None and abs(value - wanted) <= share * max(abs(wanted), 1e-9)


def matches(row, metrics, tolerance, found):
    for metric, conditions, sample in found:
        if metric not in metrics or sample["family"] != row["system"]:
            continue
        if plain(sample["sample"]) != row["cathode"]:
            continue
        if row["c_rate"] and not near(conditions["c_rate"], float(row["c_rate"]), 0.12):
            continue
        if row["cycle"] and row["quantity"] == "capacity retention" and not near(
                conditions["cycles"], float(row["cycle"]), 0.02):
            continue
        if row["temperature_C"] and not abs(
                conditions["temperature_C"] - float(row["temperature_C"])) <= 3:
            continue
        if abs(sample["mean"] - float(row["value"])) <= tolerance:
            return True
    return False


def main():
    program, project, table = sys.argv[1:4]
    run = subprocess.run([program, "compare", project, "--format", "json"], check=True,
                         stdout=subprocess.PIPE)
    found = list(observations(json.loads(run.stdout)["results"][0]))
    number = failed = 0
    lines = []
    with open(table, newline="", encoding="utf-8") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["quantity"] not in QUANTITIES or row["relation"] != "=":
                continue
            metrics, tolerance = QUANTITIES[row["quantity"]]
            number += 1
            reason = NO_NUMBER.get((row["study"], row["value"]))
            if reason is not None:
                lines.append("ok %d # SKIP %s" % (number, reason))
                continue
            good = matches(row, metrics, tolerance, found)
            failed += not good
            lines.append("%sok %d %s %s: %s %s%s" % (
                "" if good else "not ", number, row["study"], row["cathode"], row["quantity"],
                row["value"], row["unit"]))
    print("1..%d" % number)
    print("\n".join(lines))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
