# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of LAND exports: flat, in blocks, nested; English and Chinese."""

from types import SimpleNamespace

from printed_cells import CAPACITIES, CURRENTS, ENERGIES, TIMES, fixed, printed_clock, scaled
from simulated_test import cycles_of, steps_of

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
            ("系统时间", lambda r: printed_clock(o, r)),
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
    columns.append(("SysTime", lambda r: printed_clock(o, r)))
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
                fixed(a.voltage, 4), fixed(b.voltage, 4), printed_clock(o, a)]
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
