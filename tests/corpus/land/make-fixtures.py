#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes one small simulated test in every export layout of LAND and Neware cyclers.

Usage: make-fixtures.py FOLDER. Prints nothing; truth.json in FOLDER maps each file to what a reader
must find in it. The same files come out every time: nothing depends on clock, chance or locale.
"""

import json
import os
import sys
from types import SimpleNamespace

sys.dont_write_bytecode = True  # the sources' folder stays as it is

from fixture_files import write_html, write_text, write_xlsx
from land_layouts import (LAND_DEFAULT, land_by_cycle, land_by_cycle_apart, land_by_step, land_flat,
                          land_nested, land_one_after_another, land_tables)
from neware_layouts import (NEWARE_DEFAULT, neware_cycle_table, neware_flat, neware_nested,
                            neware_one_line, neware_step_table)
from simulated_test import START, cycles_of, simulate, steps_of, truth

BRACES = "TestTime/Sec.{hh:mm:ss.fff}"
STEP_BRACES = "StepTime/Sec.{hh:mm:ss.fff}"
DASH = {"cycle_header": "Cycle-Index", "step_header": "Step-Index", "state_header": "Step-State",
        "record_header": "Index"}
CHINESE = {"language": "chinese", "states": "chinese"}
CHINESE_SHORT = {"language": "chinese", "states": "chinese-short", "signed": False}
HOURS = {"time": "hours", "time_header": "TestTime/h", "step_time_header": "StepTime/h"}

# file: (layout, options of the table, options of the file)
LAND_TEXT = {
    "flat.csv": (land_flat, {}, {}),
    "flat-comma-tail.csv": (land_flat, {}, {"tail": True}),
    "flat-tab.txt": (land_flat, {}, {"separator": "\t"}),
    "flat-semicolon.csv": (land_flat, {}, {"separator": ";"}),
    "flat-semicolon-decimal-comma.csv": (land_flat, {}, {"separator": ";", "comma": True}),
    "flat-lf.csv": (land_flat, {}, {"ends": "\n"}),
    "flat-utf8-bom.csv": (land_flat, {}, {"encoding": "utf-8-sig"}),
    "flat-utf16-bom.txt": (land_flat, {}, {"separator": "\t", "encoding": "utf-16-le-bom"}),
    "flat-utf16.txt": (land_flat, {}, {"separator": "\t", "encoding": "utf-16-le"}),
    "time-hours.csv": (land_flat, HOURS, {}),
    "time-braces.csv": (land_flat, {"time_header": BRACES, "step_time_header": STEP_BRACES}, {}),
    "time-braces-seconds.csv": (land_flat, {"time_header": BRACES, "step_time_header": STEP_BRACES,
                                            "time": "seconds"}, {}),
    "index-dash-names.csv": (land_flat, DASH, {}),
    "microampere.csv": (land_flat, {"current": "uA", "capacity": "uAh"}, {}),
    "microampere-micro-sign.csv": (land_flat, {"current": "µA", "capacity": "µAh"}, {}),
    "microampere-mu.csv": (land_flat, {"current": "μA", "capacity": "μAh"}, {}),
    "microampere-micro-sign-gbk.csv": (land_flat, {"current": "μA", "capacity": "μAh"},
                                       {"encoding": "gbk"}),
    "thousands-commas.csv": (land_flat, {"current": "uA", "capacity": "uAh"}, {"thousands": True}),
    "quotes.csv": (land_flat, {}, {"quotes": True}),
    "magnitude-short-states.csv": (land_flat, {"signed": False, "states": "short"}, {}),
    "magnitude-rate-states.csv": (land_flat, {"signed": False, "states": "rate"}, {}),
    "magnitude-mode-states.csv": (land_flat, {"signed": False}, {}),
    "magnitude-microampere-tab.txt": (land_flat, {
        "signed": False, "current": "uA", "capacity": "uAh", **DASH}, {"separator": "\t"}),
    "finish-state.csv": (land_flat, {"finish": True}, {}),
    "finish-state-magnitude.csv": (land_flat, {"finish": True, "signed": False}, {}),
    "split-capacity-per-step.csv": (land_flat, {"split_capacity": "step"}, {}),
    "split-capacity-running.csv": (land_flat, {"split_capacity": "running"}, {}),
    "split-capacity-magnitude.csv": (land_flat, {"split_capacity": "step", "signed": False}, {}),
    "split-capacity-no-unit.csv": (land_flat, {"split_capacity": "step", "units": False}, {}),
    "capacity-no-unit.csv": (land_flat, {"units": False}, {}),
    "capacity-no-unit-microampere.csv": (land_flat, {"units": False, "current": "uA",
                                                     "capacity": "uAh"}, {}),
    "no-capacity.csv": (land_flat, {"without": ("Capacity", "Energy")}, {}),
    "no-capacity-magnitude.csv": (land_flat, {"without": ("Capacity", "Energy"), "signed": False}, {}),
    "no-step-time.csv": (land_flat, {"without": ("StepTime",)}, {}),
    "no-test-time.csv": (land_flat, {"without": ("TestTime",)}, {}),
    "no-test-time-no-capacity.csv": (
        land_flat, {"without": ("TestTime", "Capacity", "Energy")}, {}),
    "time-day-clock.csv": (land_flat, {"time": "day-clock"}, {}),
    "time-day-dash-clock.csv": (land_flat, {"time": "day-dash-clock"}, {}),
    "time-minutes.csv": (land_flat, {"time": "minutes", "time_header": "TestTime/min",
                                     "step_time_header": "StepTime/min"}, {}),
    "time-beyond-a-day.csv": (land_flat, {"start": 30 * 3600}, {}),
    "time-beyond-four-days.csv": (land_flat, {"start": 100 * 3600, "time": "clock-s"}, {}),
    "text-named.xls": (land_flat, {}, {"separator": "\t", "encoding": "gbk"}),
    "unconnected-channels.csv": (land_flat, {"aux": True}, {}),
    "no-spacer.csv": (land_flat, {"spacer": False}, {}),
    "specific-capacity.csv": (land_flat, {"specific": 1e5}, {}),
    "blocks-one-after-another.csv": (land_one_after_another, {}, {}),
    "blocks-by-cycle.csv": (land_by_cycle, {}, {}),
    "blocks-by-cycle-tab.txt": (land_by_cycle, {"aux": True}, {"separator": "\t"}),
    "blocks-by-cycle-utf16.txt": (land_by_cycle, {}, {"separator": "\t",
                                                     "encoding": "utf-16-le-bom"}),
    "blocks-by-cycle-magnitude.csv": (land_by_cycle, {"signed": False, "states": "short"}, {}),
    "blocks-by-cycle-empty-lines.csv": (land_by_cycle_apart, {}, {}),
    "blocks-by-step.csv": (land_by_step, {}, {}),
    "blocks-by-step-hours-tab.txt": (land_by_step, HOURS, {"separator": "\t"}),
    "nested.csv": (land_nested, {}, {}),
    "nested-tab.txt": (land_nested, {"time_header": BRACES}, {"separator": "\t"}),
    "nested-magnitude-semicolon.csv": (land_nested, {"signed": False}, {"separator": ";"}),
    "chinese-gbk.csv": (land_flat, CHINESE, {"encoding": "gbk"}),
    "chinese-gbk-tab.txt": (land_flat, CHINESE, {"encoding": "gbk", "separator": "\t"}),
    "chinese-gbk-magnitude.csv": (land_flat, CHINESE_SHORT, {"encoding": "gbk"}),
    "chinese-utf8-bom.csv": (land_flat, CHINESE, {"encoding": "utf-8-sig"}),
    "chinese-utf16.txt": (land_flat, CHINESE, {"encoding": "utf-16-le-bom", "separator": "\t"}),
    "chinese-utf16-no-bom.txt": (land_flat, CHINESE_SHORT, {"encoding": "utf-16-le",
                                                           "separator": "\t"}),
    "chinese-gbk-microampere.csv": (land_flat, {**CHINESE, "current": "uA", "capacity": "uAh"},
                                    {"encoding": "gbk"}),
    "chinese-blocks-by-cycle-gbk.csv": (land_by_cycle, CHINESE, {"encoding": "gbk"}),
    "chinese-blocks-by-step-utf16.txt": (land_by_step, CHINESE_SHORT, {
        "encoding": "utf-16-le-bom", "separator": "\t"}),
    "chinese-nested-gbk.csv": (land_nested, CHINESE, {"encoding": "gbk"}),
    # The second cycle alone: neither cycle nor time starts afresh.
    "slice.csv": (land_flat, {"slice": 2}, {}),
    "slice-by-cycle.csv": (land_by_cycle, {"slice": 2}, {}),
}

NEWARE_TEXT = {
    "flat.csv": (neware_flat, {}, {}),
    "flat-ampere.csv": (neware_flat, {"current": "A", "capacity": "Ah", "time": "clock"}, {}),
    "flat-microampere.csv": (neware_flat, {"current": "uA", "capacity": "mAs"}, {}),
    "flat-millivolt-tab.txt": (neware_flat, {"voltage": "mV"}, {"separator": "\t"}),
    "flat-step-time-only.csv": (neware_flat, {"total": False}, {}),
    "flat-cumulative-time.csv": (neware_flat, {"total_name": "Cumulative Time"}, {}),
    "flat-beyond-a-day.csv": (neware_flat, {"start": 30 * 3600}, {}),
    "flat-one-capacity.csv": (neware_flat, {"split": False}, {}),
    "flat-utf8-bom.csv": (neware_flat, {}, {"encoding": "utf-8-sig"}),
    "flat-utf16.txt": (neware_flat, {}, {"encoding": "utf-16-le-bom", "separator": "\t"}),
    "flat-utf16-no-bom.txt": (neware_flat, {}, {"encoding": "utf-16-le", "separator": "\t"}),
    "flat-chinese-gbk.csv": (neware_flat, {"language": "chinese"}, {"encoding": "gbk"}),
    "flat-chinese-utf8-bom.csv": (neware_flat, {"language": "chinese"}, {"encoding": "utf-8-sig"}),
    "flat-chinese-old-gbk-tab.txt": (
        neware_flat, {"language": "chinese-old", "states": "chinese-rest", "split": False},
        {"encoding": "gbk", "separator": "\t"}),
    "flat-chinese-step-time-only-utf16.txt": (
        neware_flat, {"language": "chinese", "total": False},
        {"encoding": "utf-16-le-bom", "separator": "\t"}),
    "nested.csv": (neware_nested, {}, {}),
    "nested-step-time-only.csv": (neware_nested, {"total": False}, {}),
    "nested-ampere-tab.txt": (neware_nested, {"current": "A", "capacity": "Ah", "total": False},
                              {"separator": "\t"}),
    "nested-one-capacity-tab.txt": (neware_nested, {"split": False, "total": False},
                                    {"separator": "\t"}),
    "nested-one-line.csv": (neware_one_line, {}, {}),
    "nested-one-line-step-time-only.csv": (neware_one_line, {"total": False}, {}),
    "nested-chinese-gbk.csv": (neware_nested, {"language": "chinese"}, {"encoding": "gbk"}),
    "nested-chinese-old-gbk-tab.txt": (
        neware_nested, {"language": "chinese-old", "states": "chinese-rest", "total": False,
                        "split": False}, {"encoding": "gbk", "separator": "\t"}),
    "nested-chinese-utf16.txt": (neware_nested, {"language": "chinese", "total": False},
                                 {"encoding": "utf-16-le-bom", "separator": "\t"}),
}


def land_sheets(o, names, split=None):
    """split: how many rows fit on one sheet of records; those after the first have no header"""
    cycles, steps, records = land_tables(o)
    split = split or len(records)
    parts = [records[i:i + split] for i in range(0, len(records), split)]
    return [(names[0], cycles), (names[1], steps), (names[2], parts[0])] + [
        (f"{names[2]}({i})", part) for i, part in enumerate(parts[1:], 1)]


PLAIN, TAB = ("Cycle", "Step", "Record"), ("Cycle-Tab", "Step-Tab", "Record-Tab")
DAYS = {"time": "days", "clock": "date"}
LAND_BOOKS = {
    "book.xlsx": ({}, lambda o: land_sheets(o, PLAIN)),
    "book-tab.xlsx": (DASH, lambda o: land_sheets(o, TAB)),
    "book-continued.xlsx": ({}, lambda o: land_sheets(o, PLAIN, 200)),
    "book-continued-tab.xlsx": ({"signed": False}, lambda o: land_sheets(o, TAB, 300)),
    "book-days.xlsx": (DAYS, lambda o: land_sheets(o, PLAIN)),
    "book-days-continued.xlsx": (DAYS, lambda o: land_sheets(o, PLAIN, 128)),
    "book-hours-microampere.xlsx": ({**HOURS, "current": "uA", "capacity": "uAh"},
                                    lambda o: land_sheets(o, PLAIN)),
    "book-records-only.xlsx": ({"aux": True}, lambda o: [("Sheet1", land_flat(o))]),
    "book-no-unit.xlsx": ({"split_capacity": "step", "units": False},
                          lambda o: land_sheets(o, PLAIN)),
    "book-no-test-time.xlsx": ({"without": ("TestTime",), "signed": False},
                               lambda o: land_sheets(o, PLAIN, 150)),
    "book-records-first.xlsx": ({}, lambda o: land_sheets(o, PLAIN)[::-1]),
    "book-chinese.xlsx": (CHINESE, lambda o: land_sheets(o, PLAIN)),
    "book-chinese-names.xlsx": (CHINESE, lambda o: land_sheets(o, ("循环", "过程", "记录"))),
    "book-chinese-magnitude.xlsx": (CHINESE_SHORT, lambda o: [("Sheet1", land_flat(o))]),
    "book-blocks-on-one-sheet.xlsx": ({}, lambda o: [("Sheet1", land_by_cycle(o))]),
    "book-nested-on-one-sheet.xlsx": ({}, lambda o: [("Sheet1", land_nested(o))]),
}


def neware_sheets(o, names, split=None):
    (cycle_header, cycle_row), (step_header, step_row) = neware_cycle_table(o), neware_step_table(o, True)
    cycles = [cycle_header] + [cycle_row(c) for c in cycles_of(o.records)]
    steps = [step_header] + [step_row(s) for s in steps_of(o.records)]
    records = neware_flat(o)
    parts = [records[:split]] + ([[records[0]] + records[split:]] if split else [])
    return ([("unit", [["Device", "Unit", "Channel"], ["27", "1", "3"]]),
             ("test", [["Start time", START.strftime("%Y-%m-%d %H:%M:%S")], ["Remarks", "simulated"]]),
             ("cycle", cycles), ("step", steps)] + list(zip(names, parts)))


def neware_channel_sheets(o):
    """Sheets named after unit and channel, as a general report of several channels has them"""
    _, _, cycles, steps, records = (rows for _, rows in neware_sheets(o, ["record"]))
    return [("Cycle_1_3", cycles), ("Statis_1_3", steps), ("Detail_1_3", records)]


NEWARE_BOOKS = {
    "book.xlsx": ({}, lambda o: neware_sheets(o, ["record"])),
    "book-split.xlsx": ({"current": "A", "capacity": "Ah"},
                        lambda o: neware_sheets(o, ["Record_1", "Record_2"], 250)),
    "book-step-time-only.xlsx": ({"total": False}, lambda o: neware_sheets(o, ["record"])),
    "book-days.xlsx": (DAYS, lambda o: neware_sheets(o, ["record"])),
    "book-chinese.xlsx": ({"language": "chinese"}, lambda o: neware_sheets(o, ["record"])),
    "book-channel-names.xlsx": ({}, neware_channel_sheets),
    "book-records-only.xlsx": ({}, lambda o: [("Sheet1", neware_flat(o))]),
    "book-nested.xlsx": ({}, lambda o: [("Sheet1", neware_nested(o))]),
}


TEXT_READERS = {"land": "land-text", "neware": "neware-csv"}


def options(default, records, given):
    o = SimpleNamespace(**{**default, "records": records, **given})
    first = getattr(o, "slice", 1)
    late = getattr(o, "start", 0)
    o.records = [SimpleNamespace(**{**vars(r), "time": r.time + late}) for r in records
                 if r.cycle >= first]
    return o


def make(folder):
    records, found = simulate(), {}
    for maker, default, texts in (("land", LAND_DEFAULT, LAND_TEXT),
                                  ("neware", NEWARE_DEFAULT, NEWARE_TEXT)):
        for name, (layout, given, file) in texts.items():
            o = options(default, records, given)
            file = dict(file)
            rows = layout(o)
            if file.get("encoding") == "utf-16-le-bom":
                file["encoding"] = "utf-16-le"
                rows[0][0] = "\ufeff" + rows[0][0]
            write_text(os.path.join(folder, f"{maker}-{name}"), rows, **file)
            found[f"{maker}-{name}"] = truth(o.records, TEXT_READERS[maker])
    for maker, default, books in (("land", LAND_DEFAULT, LAND_BOOKS),
                                  ("neware", NEWARE_DEFAULT, NEWARE_BOOKS)):
        for name, (given, sheets) in books.items():
            o = options(default, records, given)
            for kind in ("inline", "shared"):
                file = f"{maker}-{name[:-5]}-{kind}.xlsx"
                write_xlsx(os.path.join(folder, file), sheets(o), kind == "shared")
                found[file] = truth(o.records, "xlsx")
    for maker, default, layout in (("land", LAND_DEFAULT, land_flat),
                                   ("neware", NEWARE_DEFAULT, neware_flat)):
        o = options(default, records, {})
        write_html(os.path.join(folder, f"{maker}-page.xls"), layout(o))
        found[f"{maker}-page.xls"] = truth(o.records, "html-table")
    with open(os.path.join(folder, "truth.json"), "w", encoding="utf-8") as f:
        json.dump(found, f, indent=1)


if __name__ == "__main__":
    make(sys.argv[1])
