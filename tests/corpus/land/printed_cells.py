# SPDX-License-Identifier: GPL-3.0-or-later
"""Times, dates and numbers as the exports print them."""

from datetime import datetime, timedelta


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


def printed_clock(o, r):
    if o.clock == "date":
        return Date((r.clock - datetime(1899, 12, 30)) / timedelta(days=1))
    return r.clock.strftime("%Y-%m-%d %H:%M:%S")
