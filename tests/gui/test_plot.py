#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gestures and keys of a plot: wheel, box, pan, fit, history, read-off, a click on a curve."""

import os
import re
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Atspi, Tap, Window, ask, drag, release, run, wait_for  # noqa: E402

NUMBER = r"([-−\d.e]+)"


def plot(window):
    for node in window.showing("image"):
        if (ask(node.get_name) or "").startswith("Potential against capacity"):
            return node
    return None


def ranges(window):
    """x0, x1, y0, y1 as the plot tells a screen reader."""
    node = plot(window)
    text = node.get_description() if node else ""
    found = re.search(rf"Shown: {NUMBER} to {NUMBER}\D*?, {NUMBER} to {NUMBER}", text)
    return tuple(float(v.replace("−", "-").rstrip(".")) for v in found.groups()) if found else None


def changed(window, before):
    return wait_for(lambda: (lambda now: now if now and now != before else None)(ranges(window)), 5)


def place(window):
    box = plot(window).get_extents(Atspi.CoordType.WINDOW)
    return box.x + box.width // 2, box.y + box.height // 2, box


def wheel(button, *modifiers):
    for modifier in modifiers:
        run("xdotool", "keydown", modifier)
    run("xdotool", "click", str(button))
    for modifier in modifiers:
        run("xdotool", "keyup", modifier)


def main():
    tap = Tap()
    window = Window(sys.argv[1], width=1440, height=900)
    try:
        window.action("win.open-example")
        fitted = wait_for(lambda: plot(window) and ranges(window), 60)
        tap.check(fitted, "the plot tells its ranges", plot(window) and plot(window).get_description())
        x, y, box = place(window)
        run("xdotool", "mousemove", str(x), str(y))
        wheel(4)
        near = changed(window, fitted)
        tap.check(near and near[1] - near[0] < fitted[1] - fitted[0]
                  and near[3] - near[2] < fitted[3] - fitted[2], "the wheel zooms in on both axes", near)
        wheel(4, "shift")
        only_x = changed(window, near)
        tap.check(only_x and only_x[2:] == near[2:] and only_x[1] - only_x[0] < near[1] - near[0],
                  "with Shift on x alone", (near, only_x))
        wheel(4, "ctrl")
        only_y = changed(window, only_x)
        tap.check(only_y and only_y[:2] == only_x[:2] and only_y[3] - only_y[2] < only_x[3] - only_x[2],
                  "with Ctrl on y alone", (only_x, only_y))
        run("xdotool", "click", "--repeat", "2", "--delay", "60", "1")
        tap.check(wait_for(lambda: ranges(window) == fitted, 5), "a double click fits", ranges(window))

        drag(x - 60, y - 60, x + 60, y + 40)
        release()
        boxed = changed(window, fitted)
        tap.check(boxed and boxed[1] - boxed[0] < 0.6 * (fitted[1] - fitted[0]), "a box zooms to itself", boxed)
        run("xdotool", "key", "alt+Left")
        tap.check(wait_for(lambda: ranges(window) == fitted, 5), "Alt+Left goes back", ranges(window))
        run("xdotool", "key", "alt+Right")
        tap.check(wait_for(lambda: ranges(window) == boxed, 5), "Alt+Right goes forward", ranges(window))
        run("xdotool", "key", "Right")
        panned = changed(window, boxed)
        tap.check(panned and panned[0] > boxed[0] and panned[2:] == boxed[2:], "an arrow pans", panned)
        run("xdotool", "key", "0")
        tap.check(wait_for(lambda: ranges(window) == fitted, 5), "0 fits", ranges(window))

        run("xdotool", "key", "Page_Down", "bracketright", "bracketright")
        point = wait_for(lambda: "Selected point" in (plot(window).get_description() or ""), 5)
        tap.check(point, "the keys read off points", plot(window).get_description())
        run("xdotool", "key", "Escape")

        read = None
        for dy in range(-150, 150, 6):
            run("xdotool", "mousemove", str(x), str(y + dy))
            time.sleep(0.12)
            read = re.search("Selected point: (.*)", plot(window).get_description() or "")
            if read:
                break
        tap.check(read and "cycle" in read.group(1), "the pointer reads off the curve under it",
                  read and read.group(1))
        run("xdotool", "click", "1")
        name = read.group(1).split(" ")[0] if read else "?"
        title = wait_for(lambda: window.find("label", part=name), 5)
        tap.check(title, "a click on the curve selects its cell or sample", (name, window.texts()[-40:]))

        window.action("win.page('rate')")
        offer = wait_for(lambda: window.find("push button", "Show “rate”"), 20)
        tap.check(offer, "a plot that the cells cannot fill offers their other test", window.texts()[-40:])
        if offer:
            box = offer.get_extents(Atspi.CoordType.WINDOW)
            run("xdotool", "mousemove", str(box.x + box.width // 2), str(box.y + box.height // 2), "click", "1")
        tap.check(wait_for(lambda: window.find("image", part="Capacity against C-rate")
                           and not window.find("push button", "Show “rate”"), 20),
                  "and shows it", window.texts()[-40:])
    finally:
        window.close()
    return tap.end()


sys.exit(main())
