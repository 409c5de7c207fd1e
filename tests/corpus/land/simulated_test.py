# SPDX-License-Identifier: GPL-3.0-or-later
"""A small test: two cycles of rest, charge at constant current and potential, rest, discharge."""

import math
from datetime import datetime, timedelta
from types import SimpleNamespace

START = datetime(2024, 3, 5, 9, 30, 0)
INTERVAL = 30.0  # seconds between records
CURRENT = 1e-3  # A
HOLD_DECAY = 200.0  # s, of the current at constant potential


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
