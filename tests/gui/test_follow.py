#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens the file of a test that still runs, appends records to it, and finds them without a click."""

import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Tap, Window, wait_for  # noqa: E402

HALF = 30


def append_rows(path, first, last):
    with open(path, "w" if first == 0 else "a") as out:
        if first == 0:
            out.write("Test Time / s,Voltage / V,Current / A\n")
        for i in range(first, last):
            charge, share = i // HALF % 2 == 0, (i % HALF + 1) / HALF
            out.write(f"{60 * i},{3 + share if charge else 4 - share:.4f},"
                      f"{0.001 if charge else -0.001}\n")


def main():
    tap = Tap()
    folder = tempfile.mkdtemp(prefix="plateau-gui-")
    path = os.path.join(folder, "S-LRMO-1.csv")
    append_rows(path, 0, 4 * HALF)
    window = Window(sys.argv[1], [path], width=1440, height=900)
    try:
        tap.check(wait_for(lambda: window.find(part=f"{4 * HALF} rows"), 30),
                  "the inspector counts the records of the file", window.texts())
        append_rows(path, 4 * HALF, 7 * HALF)
        tap.check(wait_for(lambda: window.find(part=f"{7 * HALF} rows"), 30),
                  "and those that came since, without a click", window.texts())
        append_rows(path, 7 * HALF, 8 * HALF)
        tap.check(wait_for(lambda: window.find(part=f"{8 * HALF} rows"), 30),
                  "and those that came later", window.texts())
        window.action("win.undo")
        tap.check(wait_for(lambda: window.find("push button", "Open the example")),
                  "one step takes the file out again", window.texts())
    finally:
        window.close()
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
