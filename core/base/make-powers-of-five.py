#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints plateau-powers.h: 5^q as 128-bit significands with the highest bit set, rounded down for
q >= 0 and up for q < 0, as Eisel and Lemire's method needs them. Run: make-powers-of-five.py > plateau-powers.h"""

LIMIT = 64


def significand(q):
    if q >= 0:
        power = 5**q
        while power < 1 << 127:
            power *= 2
        while power >= 1 << 128:
            power //= 2
        return power
    power = 5**-q
    bits = power.bit_length() if power & (power - 1) else power.bit_length() - 1
    value = (1 << (bits + 127 if q >= -27 else 2 * bits + 128)) // power + 1
    while value >= 1 << 128:
        value //= 2
    return value


print("/* SPDX-License-Identifier: GPL-3.0-or-later */")
print("/* Made by make-powers-of-five.py. */")
print("#pragma once\n\n#include <glib.h>\n")
print(f"#define PLATEAU_POWER_LIMIT {LIMIT}\n")
print("/* clang-format off */")
print("static const guint64 powers_of_five[2 * PLATEAU_POWER_LIMIT + 1][2] = {")
for q in range(-LIMIT, LIMIT + 1):
    s = significand(q)
    print(f"  {{ G_GUINT64_CONSTANT (0x{s >> 64:016x}), G_GUINT64_CONSTANT (0x{s & (1 << 64) - 1:016x}) }}, /* {q} */")
print("};")
print("/* clang-format on */")
