#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every screen of the program in light, dark, Chinese, at 200 %, at 1024 x 700 and with high contrast, to be
looked at: screens.py PROGRAM FILE-SOURCE FOLDER [VARIANT...]"""

import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import APP_ID, Window, run, wait_for  # noqa: E402
from screenshots import picture  # noqa: E402

PAGES = ("cycling", "dqdv", "rate", "gitt", "cv", "impedance", "drt", "conductivity", "compare", "figures")
# name -> width, height (of the window, in its own units), environment, colour scheme
VARIANTS = {
    "light": (1440, 900, {}, "light"),
    "dark": (1440, 900, {}, "dark"),
    "zh_CN": (1440, 900, {"LANGUAGE": "zh_CN", "LC_ALL": "C.UTF-8"}, "light"),
    "scale-200": (1024, 700, {"GDK_SCALE": "2"}, "light"),
    "1024x700": (1024, 700, {}, "light"),
    "contrast": (1440, 900, {"GTK_THEME": "Default-hc"}, "light"),
}


def screens(program, folder, name):
    width, height, environment, scheme = VARIANTS[name]
    scale = int(environment.get("GDK_SCALE", "1"))
    window = Window(program, width=width * scale, height=height * scale, environment=environment)
    try:
        run("gapplication", "action", APP_ID, "color-scheme", f"'{scheme}'")
        time.sleep(1)
        picture(window, folder, f"{name}-first")
        window.action("win.open-example")
        time.sleep(5)
        for page in PAGES:
            window.action(f"win.page('{page}')")
            time.sleep(1.5)
            # the other test of the samples, where the page needs one
            offer = next((n for n in window.showing("push button")
                          if (n.get_name() or "").startswith(("Show “", "显示“"))), None)
            if offer:
                offer.do_action(0)
                time.sleep(2)
            if page == "figures":
                window.action("win.page('cycling')")
                time.sleep(2)
                window.action("win.send-to-figure")
                window.action("win.page('figures')")
            time.sleep(3)
            picture(window, folder, f"{name}-{page}")
        window.action("win.cell-table")
        time.sleep(3)
        picture(window, folder, f"{name}-cell-table")
        run("xdotool", "key", "Escape")
        window.action("win.material-facts")
        time.sleep(2)
        picture(window, folder, f"{name}-facts")
        run("xdotool", "key", "Escape")
        for action in ("preferences", "help"):
            run("gapplication", "action", APP_ID, action)
            time.sleep(2)
            picture(window, folder, f"{name}-{action}")
    finally:
        window.close()


def main():
    program, _, folder = sys.argv[1:4]
    os.makedirs(folder, exist_ok=True)
    for name in sys.argv[4:] or VARIANTS:
        screens(program, folder, name)


main()
