#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes one small simulated test in every export layout of LAND and Neware cyclers.

Usage: make-fixtures.py FOLDER. Prints nothing; truth.json in FOLDER maps each file to what a reader
must find in it. The same files come out every time: nothing depends on clock, chance or locale.
"""

import json
import math
import os
import sys
import zipfile
from datetime import datetime, timedelta
from types import SimpleNamespace
from xml.sax.saxutils import escape

START = datetime(2024, 3, 5, 9, 30, 0)
INTERVAL = 30.0  # seconds between records
CURRENT = 1e-3  # A
HOLD_DECAY = 200.0  # s, of the current at constant potential


# The test ---------------------------------------------------------------------------------------

def program():
    """(cycle, mode, duration in s, potential at the start, potential at the end)"""
    for cycle, charge, discharge in ((1, 1800.0, 1890.0), (2, 1740.0, 1815.0)):
        yield cycle, "rest", 300.0, 3.1 if cycle == 1 else 2.9, 3.1 if cycle == 1 else 3.0
        yield cycle, "cc-charge", charge, 3.2, 4.2
        yield cycle, "cv-charge", 600.0, 4.2, 4.2
        yield cycle, "rest", 300.0, 4.18, 4.15
        yield cycle, "cc-discharge", discharge, 4.1, 2.8


def state(mode, t):
    """Signed current (A) and the capacity passed since the start of the step (A h, >= 0)"""
    if mode == "cc-charge":
        return CURRENT, CURRENT * t / 3600
    if mode == "cc-discharge":
        return -CURRENT, CURRENT * t / 3600
    if mode == "cv-charge":
        fall = math.exp(-t / HOLD_DECAY)
        return CURRENT * fall, CURRENT * HOLD_DECAY * (1 - fall) / 3600
    return 0.0, 0.0


def simulate():
    records, total = [], 0.0
    running_c = running_d = 0.0
    for number, (cycle, mode, duration, v0, v1) in enumerate(program(), 1):
        count = math.ceil(duration / INTERVAL)
        energy = 0.0
        for i in range(count + 1):
            t = min(i * INTERVAL, duration)
            current, capacity = state(mode, t)
            voltage = v0 + (v1 - v0) * t / duration
            if i:
                energy += (capacity - records[-1].capacity) * (voltage + records[-1].voltage) / 2
            charge = capacity if current > 0 else 0.0
            discharge = capacity if current < 0 else 0.0
            records.append(SimpleNamespace(
                record=len(records) + 1, cycle=cycle, step=number, line=(number - 1) % 5 + 1,
                mode=mode, time=total + t, step_time=t, voltage=voltage, current=current,
                capacity=capacity, energy=energy, charge=charge, discharge=discharge,
                running_charge=running_c + charge, running_discharge=running_d + discharge,
                clock=START + timedelta(seconds=total + t)))
        running_c += records[-1].charge
        running_d += records[-1].discharge
        total += duration
    return records


def steps_of(records):
    steps = []
    for r in records:
        if not steps or steps[-1][-1].step != r.step:
            steps.append([])
        steps[-1].append(r)
    return steps


def cycles_of(records):
    cycles = []
    for step in steps_of(records):
        if not cycles or cycles[-1][-1][-1].cycle != step[0].cycle:
            cycles.append([])
        cycles[-1].append(step)
    return cycles


def truth(records, reader):
    return {
        "reader": reader,
        "rows": len(records), "duration_s": records[-1].time - records[0].time,
        "potential_first_V": records[0].voltage, "potential_last_V": records[-1].voltage,
        "current_max_abs_mA": 1e3 * max(abs(r.current) for r in records),
        "cycles": [{
            "charge_capacity_mAh": 1e3 * sum(s[-1].charge for s in c),
            "discharge_capacity_mAh": 1e3 * sum(s[-1].discharge for s in c),
            "charge_energy_mWh": 1e3 * sum(s[-1].energy for s in c if s[-1].charge > 0),
            "discharge_energy_mWh": 1e3 * sum(s[-1].energy for s in c if s[-1].discharge > 0),
        } for c in cycles_of(records)],
    }


# Cells ------------------------------------------------------------------------------------------

class DayFraction(float):
    """A time that a sheet keeps as a number of days under a time style"""


class Date(float):
    """A date that a sheet keeps as a number of days since 1899-12-30"""


def clock_text(seconds, decimals=3):
    ms = round(seconds * 1000)
    text = f"{ms // 3600000:02d}:{ms // 60000 % 60:02d}:{ms // 1000 % 60:02d}"
    return text + (f".{ms % 1000:03d}" if decimals else "")


def day_clock_text(seconds):
    days, rest = divmod(seconds, 86400)
    return f"{int(days)}d {clock_text(rest, 0)}"


def fixed(value, decimals):
    return f"{value:.{decimals}f}"


TIMES = {
    "clock": clock_text,
    "clock-s": lambda s: clock_text(s, 0),
    "hours": lambda s: fixed(s / 3600, 6),
    "minutes": lambda s: fixed(s / 60, 5),
    "seconds": lambda s: fixed(s, 3),
    "days": lambda s: DayFraction(s / 86400),
    "day-clock": day_clock_text,
    "day-dash-clock": lambda s: day_clock_text(s).replace("d ", "-"),
}

# Unit text: factor from the SI unit, decimals
CURRENTS = {"A": (1, 8), "mA": (1e3, 5), "uA": (1e6, 2), "µA": (1e6, 2), "μA": (1e6, 2)}
CAPACITIES = {"Ah": (1, 9), "mAh": (1e3, 6), "uAh": (1e6, 3), "µAh": (1e6, 3), "μAh": (1e6, 3),
              "mAs": (3.6e6, 3)}
ENERGIES = {"A": "Wh", "m": "mWh", "u": "uWh", "µ": "µWh", "μ": "μWh"}


def scaled(value, unit, table):
    factor, decimals = table[unit]
    return fixed(value * factor, decimals)


# LAND -------------------------------------------------------------------------------------------

LAND_STATES = {
    "short": {"rest": "R", "cc-charge": "C", "cv-charge": "C", "cc-discharge": "D"},
    "rate": {"rest": "R", "cc-charge": "RateC", "cv-charge": "CVC", "cc-discharge": "RateD"},
    "mode": {"rest": "R", "cc-charge": "CCC", "cv-charge": "CVC", "cc-discharge": "CCD"},
    "chinese": {"rest": "静置", "cc-charge": "恒流充电", "cv-charge": "恒压充电", "cc-discharge": "恒流放电"},
    "chinese-short": {"rest": "静置", "cc-charge": "充电", "cv-charge": "充电", "cc-discharge": "放电"},
}

LAND_DEFAULT = {
    "records": None, "language": "english", "time": "clock", "time_header": "TestTime",
    "step_time_header": "StepTime", "current": "mA", "capacity": "mAh", "signed": True,
    "states": "mode", "specific": 0.0, "aux": False, "split_capacity": None, "spacer": True,
    "state_header": "StepStatus", "cycle_header": "CycleNo", "step_header": "StepNo",
    "record_header": "Record", "finish": False, "clock": "text",
    "without": (), "units": True,
}


def land_time(o, seconds):
    return TIMES[o.time](seconds)


def land_clock(o, r):
    if o.clock == "date":
        return Date((r.clock - datetime(1899, 12, 30)) / timedelta(days=1))
    return r.clock.strftime("%Y-%m-%d %H:%M:%S")


def land_state(o, r):
    return "F" if o.finish and r is o.records[-1] else LAND_STATES[o.states][r.mode]


def land_current(o, r):
    return scaled(r.current if o.signed else abs(r.current), o.current, CURRENTS)


def land_columns(o):
    """(header, text of a record) for each column of the Record table that is printed"""
    return [c for c in land_all_columns(o) if c[0].partition("/")[0] not in o.without]


def land_all_columns(o):
    if o.language == "chinese":
        return [
            ("序号", lambda r: str(r.record)),
            ("循环序号", lambda r: str(r.cycle)), ("过程序号", lambda r: str(r.step)),
            ("工作模式" if o.states == "chinese" else "状态", lambda r: land_state(o, r)),
            ("测试时间", lambda r: land_time(o, r.time)),
            ("步骤时间", lambda r: land_time(o, r.step_time)),
            ("电压/V", lambda r: fixed(r.voltage, 4)),
            (f"电流/{o.current}", lambda r: land_current(o, r)),
            (f"容量/{o.capacity}", lambda r: scaled(r.capacity, o.capacity, CAPACITIES)),
            ("比容量/mAh/g", lambda r: fixed(o.specific * r.capacity, 3)),
            ("能量/mWh", lambda r: fixed(1e3 * r.energy, 6)),
            ("系统时间", lambda r: land_clock(o, r)),
        ]
    energy = ENERGIES[o.current[0]]
    energy_factor = {"W": 1, "m": 1e3}.get(energy[0], 1e6)
    columns = [
        (o.record_header, lambda r: str(r.record)),
        (o.time_header, lambda r: land_time(o, r.time)),
        (o.step_time_header, lambda r: land_time(o, r.step_time)),
        (f"Current/{o.current}", lambda r: land_current(o, r)),
    ]
    if o.split_capacity:
        running = o.split_capacity == "running"
        columns += [
            (f"CapacityC/{o.capacity}" if o.units else "CapacityC", lambda r: scaled(
                r.running_charge if running else r.charge, o.capacity, CAPACITIES)),
            (f"CapacityD/{o.capacity}" if o.units else "CapacityD", lambda r: scaled(
                r.running_discharge if running else r.discharge, o.capacity, CAPACITIES)),
        ]
    else:
        columns.append(
            (f"Capacity/{o.capacity}" if o.units else "Capacity",
                        lambda r: scaled(r.capacity, o.capacity, CAPACITIES)))
    columns += [
        ("SpeCap/mAh/g", lambda r: fixed(o.specific * r.capacity, 3)),
        ("SOC|DOD/%", lambda r: fixed(100 * r.capacity / 6e-4, 2)),
        ("Voltage/V", lambda r: fixed(r.voltage, 4)),
        (f"Energy/{energy}" if o.units else "Energy", lambda r: fixed(energy_factor * r.energy, 6)),
        ("SpeEnergy/Wh/kg", lambda r: fixed(o.specific * r.energy, 3)),
        ("Power/mW", lambda r: fixed(1e3 * abs(r.current) * r.voltage, 4)),
        ("dQ/dV/mAh/V", lambda r: "0.0"), ("dV/dQ/V/mAh", lambda r: "0.0"),
    ]
    if o.aux:
        columns += [(name, lambda r: "-") for name in ("AuxTemp/dC.", "AuxVolt/V", "IncubTemp/dC.")]
    columns.append(("SysTime", lambda r: land_clock(o, r)))
    if o.spacer:
        columns.append(("", lambda r: ""))
    return columns + [
        (o.cycle_header, lambda r: str(r.cycle)), (o.step_header, lambda r: str(r.step)),
        (o.state_header, lambda r: land_state(o, r)),
    ]


def land_cycle_table(o):
    factor = o.specific

    def row(cycle):
        c, d = sum(s[-1].charge for s in cycle), sum(s[-1].discharge for s in cycle)
        ec = sum(s[-1].energy for s in cycle if s[-1].charge > 0)
        ed = sum(s[-1].energy for s in cycle if s[-1].discharge > 0)
        return [str(cycle[0][0].cycle), scaled(c, o.capacity, CAPACITIES),
                scaled(d, o.capacity, CAPACITIES), fixed(factor * c, 3), fixed(factor * d, 3),
                fixed(100 * d / c, 2), fixed(1e3 * ec, 5), fixed(1e3 * ed, 5),
                fixed(100 * ed / ec, 2), "3.7000", "3.4500", "2.8000",
                land_time(o, sum(s[-1].step_time for s in cycle if s[-1].charge > 0))]
    if o.language == "chinese":
        return (["循环序号", f"充电容量/{o.capacity}", f"放电容量/{o.capacity}", "充电比容量/mAh/g",
                 "放电比容量/mAh/g", "效率/%"], lambda cycle: row(cycle)[:6])
    return (["Cycle", f"CapC/{o.capacity}", f"CapD/{o.capacity}", "SpeCapC/mAh/g", "SpeCapD/mAh/g",
             "Efficiency/%", "EnergyC/mWh", "EnergyD/mWh", "Egy-Effi/%", "MedVoltC/V", "MedVoltD/V",
             "EndVoltD/V", "Period_C"], row)


def land_step_table(o):
    def row(step):
        a, b = step[0], step[-1]
        return [str(a.step), str(a.cycle), LAND_STATES[o.states][a.mode],
                land_time(o, b.step_time), scaled(b.capacity, o.capacity, CAPACITIES),
                fixed(o.specific * b.capacity, 3), fixed((a.voltage + b.voltage) / 2, 4),
                fixed(a.voltage, 4), fixed(b.voltage, 4), land_clock(o, a)]
    if o.language == "chinese":
        return (["过程序号", "循环序号", "工作模式", "过程时间", f"容量/{o.capacity}", "比容量/mAh/g"],
                lambda step: row(step)[:6])
    return (["Step", "CycleNo", "Mode", "Period", f"Capacity/{o.capacity}", "SpeCap/mAh/g",
             "MedVolt/V", "StartVolt/V", "EndVolt/V", "StartTime"], row)


def land_tables(o):
    """The rows of the Cycle, the Step and the Record table, headers first"""
    columns = land_columns(o)
    (cycle_header, cycle_row), (step_header, step_row) = land_cycle_table(o), land_step_table(o)
    return ([cycle_header] + [cycle_row(c) for c in cycles_of(o.records)],
            [step_header] + [step_row(s) for s in steps_of(o.records)],
            [[h for h, _ in columns]] + [[f(r) for _, f in columns] for r in o.records])


def land_flat(o):
    return land_tables(o)[2]


def land_one_after_another(o):
    cycles, steps, records = land_tables(o)
    return cycles + steps + records


def land_by_cycle(o):
    """Each cycle: its Cycle block, its Step block, its Record block, each with a header"""
    rows = []
    for cycle in cycles_of(o.records):
        part = SimpleNamespace(**{**vars(o), "records": [r for s in cycle for r in s]})
        rows += land_one_after_another(part)
    return rows


def land_by_step(o):
    """Each step under its own Step header, its records under a Record header"""
    (cycle_header, cycle_row), (step_header, step_row) = land_cycle_table(o), land_step_table(o)
    columns, rows = land_columns(o), []
    for cycle in cycles_of(o.records):
        rows += [cycle_header, cycle_row(cycle)]
        for step in cycle:
            rows += [step_header, step_row(step), [h for h, _ in columns]]
            rows += [[f(r) for _, f in columns] for r in step]
    return rows


def land_by_cycle_apart(o):
    """As land_by_cycle, with an empty line before each block"""
    rows = []
    for row in land_by_cycle(o):
        rows += [[""], row] if rows and row[0].isalpha() else [row]
    return rows


def land_nested(o):
    """Three header lines at the top; steps and records are set in by one and two empty cells"""
    (cycle_header, cycle_row), (step_header, step_row) = land_cycle_table(o), land_step_table(o)
    columns = land_columns(o)
    rows = [cycle_header, [""] + step_header, ["", ""] + [h for h, _ in columns]]
    for cycle in cycles_of(o.records):
        rows.append(cycle_row(cycle))
        for step in cycle:
            rows.append([""] + step_row(step))
            rows += [["", ""] + [f(r) for _, f in columns] for r in step]
    return rows


# Neware -----------------------------------------------------------------------------------------

NEWARE_STATES = {
    "english": {"rest": "Rest", "cc-charge": "CC Chg", "cv-charge": "CV Chg",
                "cc-discharge": "CC DChg"},
    "chinese": {"rest": "搁置", "cc-charge": "恒流充电", "cv-charge": "恒压充电", "cc-discharge": "恒流放电"},
    "chinese-rest": {"rest": "静置", "cc-charge": "恒流充电", "cv-charge": "恒压充电",
                     "cc-discharge": "恒流放电"},
}

NEWARE_WORDS = {
    "english": {
        "record": "DataPoint", "cycle": "Cycle Index", "line": "Step Index", "mode": "Step Type",
        "step_time": "Time", "time": "Total Time", "current": "Current({})", "voltage": "Voltage({})",
        "capacity": "Capacity({})", "specific": "Spec. Cap.(mAh/g)", "charge": "Chg. Cap.({})",
        "discharge": "DChg. Cap.({})", "energy": "Energy(Wh)", "clock": "Date", "power": "Power(W)",
        "ce": "Chg.-DChg. Eff(%)", "step": "Step Number"},
    "chinese": {
        "record": "数据序号", "cycle": "循环号", "line": "工步号", "mode": "工步类型",
        "step_time": "时间", "time": "总时间", "current": "电流({})", "voltage": "电压({})",
        "capacity": "容量({})", "specific": "比容量(mAh/g)", "charge": "充电容量({})",
        "discharge": "放电容量({})", "energy": "能量(Wh)", "clock": "绝对时间", "power": "功率(W)",
        "ce": "充放电效率(%)", "step": "工步序号"},
    "chinese-old": {
        "record": "记录序号", "cycle": "循环序号", "line": "工步序号", "mode": "工步名称",
        "step_time": "测试时间", "time": "总时间", "current": "电流({})", "voltage": "电压({})",
        "capacity": "容量({})", "specific": "比容量(mAh/g)", "charge": "充电容量({})",
        "discharge": "放电容量({})", "energy": "能量(Wh)", "clock": "系统时间", "power": "功率(W)",
        "ce": "库伦效率(%)", "step": "工步序号"},
}

NEWARE_DEFAULT = {
    "records": None, "language": "english", "states": None, "time": "clock-s", "current": "mA",
    "voltage": "V", "capacity": "mAh", "total": True, "total_name": None, "clock": "text",
    "split": True,
}


def neware_words(o):
    words = dict(NEWARE_WORDS[o.language])
    if o.total_name:
        words["time"] = o.total_name
    return words


def neware_state(o, r):
    return NEWARE_STATES[o.states or o.language][r.mode]


def neware_columns(o, nested):
    w = neware_words(o)
    capacity = lambda v: scaled(v, o.capacity, CAPACITIES)
    columns = [(w["record"], lambda r: str(r.record))]
    if not nested:
        columns += [(w["cycle"], lambda r: str(r.cycle)), (w["line"], lambda r: str(r.line)),
                    (w["mode"], lambda r: neware_state(o, r))]
    columns.append((w["step_time"], lambda r: TIMES[o.time](r.step_time)))
    if o.total:
        columns.append((w["time"], lambda r: TIMES[o.time](r.time)))
    columns += [
        (w["current"].format(o.current), lambda r: scaled(r.current, o.current, CURRENTS)),
        (w["voltage"].format(o.voltage), lambda r: fixed(r.voltage, 4) if o.voltage == "V"
         else fixed(1e3 * r.voltage, 1)),
        (w["capacity"].format(o.capacity), lambda r: capacity(r.capacity)),
        (w["specific"], lambda r: "0.000"),
    ]
    if o.split:
        columns += [(w["charge"].format(o.capacity), lambda r: capacity(r.charge)),
                    (w["discharge"].format(o.capacity), lambda r: capacity(r.discharge))]
    return columns + [(w["energy"], lambda r: fixed(r.energy, 9)),
                      (w["clock"], lambda r: land_clock(o, r)),
                      (w["power"], lambda r: fixed(r.current * r.voltage, 8))]


def neware_cycle_table(o):
    w = neware_words(o)
    header = [w["cycle"], w["charge"].format(o.capacity), w["discharge"].format(o.capacity), w["ce"]]

    def row(cycle):
        c, d = sum(s[-1].charge for s in cycle), sum(s[-1].discharge for s in cycle)
        return [str(cycle[0][0].cycle), scaled(c, o.capacity, CAPACITIES),
                scaled(d, o.capacity, CAPACITIES), fixed(100 * d / c, 2)]
    return header, row


def neware_step_table(o, with_cycle):
    w = neware_words(o)
    header = [w["step"], w["mode"], w["step_time"], w["capacity"].format(o.capacity)]

    def row(step):
        end = step[-1]
        return ([str(end.cycle)] if with_cycle else []) + [
            str(end.line), neware_state(o, end), TIMES[o.time](end.step_time),
            scaled(end.capacity, o.capacity, CAPACITIES)]
    return ([w["cycle"]] if with_cycle else []) + header, row


def neware_flat(o):
    columns = neware_columns(o, False)
    return [[h for h, _ in columns]] + [[f(r) for _, f in columns] for r in o.records]


def neware_nested(o):
    cycle_header, cycle_row = neware_cycle_table(o)
    step_header, step_row = neware_step_table(o, False)
    columns = neware_columns(o, True)
    rows = [cycle_header, [""] + step_header, ["", ""] + [h for h, _ in columns]]
    for cycle in cycles_of(o.records):
        rows.append(cycle_row(cycle))
        for step in cycle:
            rows.append([""] + step_row(step))
            rows += [["", ""] + [f(r) for _, f in columns] for r in step]
    return rows


def neware_one_line(o):
    """Nested, but the first line of a cycle or step also holds its first record"""
    w = neware_words(o)
    columns = neware_columns(o, True)
    rows = [[w["cycle"]], ["", w["step"]], ["", ""] + [h for h, _ in columns]]
    for cycle in cycles_of(o.records):
        for step in cycle:
            for r in step:
                rows.append([str(r.cycle) if r is cycle[0][0] else "",
                             str(r.line) if r is step[0] else ""] + [f(r) for _, f in columns])
    return rows


# Files ------------------------------------------------------------------------------------------

def write_text(path, rows, separator=",", encoding="utf-8", comma=False, ends="\r\n", tail=False,
               thousands=False, quotes=False):
    def cell(text):
        whole = text.partition(".")[0].lstrip("-")
        if thousands and "." in text and whole.isdigit() and len(whole) > 3:
            text = f"{float(text):,.{len(text.partition('.')[2])}f}"
        if comma and text.count(".") == 1 and text.replace(".", "").lstrip("-").isdigit():
            text = text.replace(".", ",")
        return f'"{text}"' if quotes or separator in text else text
    width = separator if tail else ""
    text = "".join(separator.join(map(cell, row)) + (width if i else "") + ends
                   for i, row in enumerate(rows))
    with open(path, "wb") as f:
        f.write(text.encode(encoding))


def write_html(path, rows):
    """A web page named .xls, which spreadsheet programs open as a sheet"""
    lines = ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    with open(path, "w", encoding="utf-8") as f:
        f.write('<html><head><meta charset="utf-8"></head><body><table>\n' + "\n".join(lines)
                + "\n</table></body></html>\n")


def column_name(i):
    return (column_name(i // 26 - 1) if i >= 26 else "") + chr(ord("A") + i % 26)


def is_number(text):
    return text.replace(".", "", 1).lstrip("-").isdigit()


def sheet_xml(rows, strings):
    """strings: a dict that collects shared strings, or None for strings in their cells"""
    out = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
           '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>']
    for i, row in enumerate(rows, 1):
        out.append(f'<row r="{i}">')
        for j, cell in enumerate(row):
            at = f'r="{column_name(j)}{i}"'
            if isinstance(cell, DayFraction):
                out.append(f'<c {at} s="1"><v>{float(cell)!r}</v></c>')
            elif isinstance(cell, Date):
                out.append(f'<c {at} s="2"><v>{float(cell)!r}</v></c>')
            elif cell == "":
                continue
            elif is_number(cell):
                out.append(f"<c {at}><v>{cell}</v></c>")
            elif strings is None:
                out.append(f'<c {at} t="inlineStr"><is><t>{escape(cell)}</t></is></c>')
            else:
                out.append(f'<c {at} t="s"><v>{strings.setdefault(cell, len(strings))}</v></c>')
        out.append("</row>")
    return "".join(out) + "</sheetData></worksheet>"


HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = (f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1">'
          '<numFmt numFmtId="164" formatCode="[h]:mm:ss.000"/></numFmts>'
          '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
          '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
          '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/>'
          '<xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>')


def write_xlsx(path, sheets, shared):
    """sheets: (name, rows) in order"""
    strings = {} if shared else None
    parts = {f"xl/worksheets/sheet{i}.xml": sheet_xml(rows, strings)
             for i, (_, rows) in enumerate(sheets, 1)}
    parts["xl/styles.xml"] = STYLES
    links = [(f"worksheets/sheet{i}.xml", "worksheet") for i in range(1, len(sheets) + 1)]
    links.append(("styles.xml", "styles"))
    if shared:
        links.append(("sharedStrings.xml", "sharedStrings"))
        parts["xl/sharedStrings.xml"] = (
            f'{HEAD}<sst xmlns="{MAIN}" uniqueCount="{len(strings)}">'
            + "".join(f'<si><t xml:space="preserve">{escape(s)}</t></si>' for s in strings)
            + "</sst>")
    parts["xl/workbook.xml"] = (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        + "".join(f'<sheet name="{escape(name)}" sheetId="{i}" r:id="rId{i}"/>'
                  for i, (name, _) in enumerate(sheets, 1)) + "</sheets></workbook>")
    parts["xl/_rels/workbook.xml.rels"] = (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(f'<Relationship Id="rId{i}" Type="{OFFICE}/{kind}" Target="{target}"/>'
                  for i, (target, kind) in enumerate(links, 1)) + "</Relationships>")
    parts["_rels/.rels"] = (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
    overrides = {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles"}
    overrides |= {f"/xl/worksheets/sheet{i}.xml": "worksheet" for i in range(1, len(sheets) + 1)}
    if shared:
        overrides["/xl/sharedStrings.xml"] = "sharedStrings"
    parts["[Content_Types].xml"] = (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="{part}" ContentType="{TYPE}.{kind}+xml"/>'
                  for part, kind in overrides.items()) + "</Types>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts):
            archive.writestr(zipfile.ZipInfo(name, (2024, 3, 5, 9, 30, 0)), parts[name])


# The layouts ------------------------------------------------------------------------------------

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
