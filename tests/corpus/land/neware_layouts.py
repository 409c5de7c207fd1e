# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of Neware BTSDA exports: flat and nested; English and Chinese."""

from printed_cells import CAPACITIES, CURRENTS, TIMES, fixed, printed_clock, scaled
from simulated_test import cycles_of

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
                      (w["clock"], lambda r: printed_clock(o, r)),
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
