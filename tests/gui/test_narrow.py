#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No page widens a window of 1024 x 700 pixels, in English and in the longer words of German."""

import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Tap, Window, run, wait_for  # noqa: E402

PAGES = ("cycling", "dqdv", "rate", "gitt", "cv", "impedance", "drt", "conductivity", "compare",
         "figures")
WIDTH, HEIGHT = 1024, 700


def size(window):
    lines = run("xdotool", "getwindowgeometry", "--shell", window.xid).splitlines()
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    return int(values["WIDTH"]), int(values["HEIGHT"])


def check_language(tap, program, language, environment):
    window = Window(program, width=WIDTH, height=HEIGHT, environment=environment)
    try:
        window.action("win.open-example")
        loaded = wait_for(lambda: any("S-LRMO" in text for text in window.texts()), 60)
        tap.check(loaded, f"{language}: the example is open")
        for page in PAGES:
            window.action(f"win.page('{page}')")
            time.sleep(1)  # a page that is too wide widens the window when it is drawn
            width, height = size(window)
            tap.check(width <= WIDTH and height <= HEIGHT, f"{language}: {page} keeps the size",
                      f"{width} x {height}")
    finally:
        window.close()


def main():
    tap = Tap()
    check_language(tap, sys.argv[1], "en", {})
    check_language(tap, sys.argv[1], "de", {"LANGUAGE": "de", "LC_ALL": "C.UTF-8"})
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
