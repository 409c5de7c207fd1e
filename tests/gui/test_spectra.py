#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Impedance and DRT by hand: points masked by a box, a spectrum marked, a window dragged, undone."""

import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Atspi, Tap, Window, ask, drag, release, run, wait_for  # noqa: E402


def middle(node):
    box = node.get_extents(Atspi.CoordType.WINDOW)
    return box.x + box.width // 2, box.y + box.height // 2


def press(window, *names):
    node = wait_for(lambda: next((found for name in names for role in ("push button", "toggle button")
                                  for found in [window.find(role, part=name)] if found), None), 20)
    if node:
        x, y = middle(node)
        run("xdotool", "mousemove", str(x), str(y), "click", "1")
    return node


def undo_name(window):
    return next((text for text in window.texts() if text.startswith("Undo: ")), "")


def plot(window, title):
    return window.find("image", part=title)


def description(window, title):
    node = plot(window, title)
    return (node.get_description() or "") if node else ""


def main():
    tap = Tap()
    window = Window(sys.argv[1], width=1440, height=900)
    try:
        window.action("win.open-example")
        wait_for(lambda: plot(window, "Potential against capacity"), 60)
        window.action("win.page('impedance')")
        tap.check(press(window, "Show “"), "the cells' spectra are offered", window.texts()[-30:])
        shown = wait_for(lambda: "Shown" in description(window, "Nyquist"), 30)
        tap.check(shown, "the Nyquist plot has curves", description(window, "Nyquist"))
        press(window, "Mask points")
        box = plot(window, "Bode").get_extents(Atspi.CoordType.WINDOW)
        drag(box.x + box.width // 2, box.y + 20, box.x + 2 * box.width // 3, box.y + box.height - 60)
        release()
        tap.check(wait_for(lambda: "Mask points" in undo_name(window), 10), "a box masks points", undo_name(window))
        run("xdotool", "key", "ctrl+z")
        tap.check(wait_for(lambda: "Mask points" not in undo_name(window), 10), "and can be undone", undo_name(window))

        window.action("win.page('drt')")
        marked = wait_for(lambda: next((t for t in window.texts() if re.search(r"spectra · #\d+", t)), None), 40)
        tap.check(marked, "a spectrum is marked", window.texts()[-40:])
        spin = next((node for node in window.showing("spin button") if "Marked" in (ask(node.get_name) or "")), None)
        tap.check(spin, "its number can be stepped")
        x, y = middle(spin)
        run("xdotool", "mousemove", str(x - 40), str(y), "click", "1", "key", "Down")
        other = wait_for(lambda: next((t for t in window.texts() if re.search(r"spectra · #\d+", t) and t != marked),
                                      None), 10)
        tap.check(other, "Down marks the spectrum before", (marked, other))
        press(window, "Curves")
        wait_for(lambda: plot(window, "Resistance of each process"), 20)
        for _ in range(3):  # a plot that is only just drawn again may miss the first press
            box = plot(window, "Distribution of relaxation times").get_extents(Atspi.CoordType.WINDOW)
            x, y = box.x + box.width // 2, box.y + 22  # the top of a window moves the whole of it
            drag(x, y, x + 20, y)
            release()
            moved = wait_for(lambda: "Move the window" in undo_name(window), 10)
            if moved:
                break
        tap.check(moved, "a window of the distribution is dragged", undo_name(window))

        # each mode after the other, back and forth: the table under the plots changes its columns with them
        for name, title in (("Symmetric", "Full cell"), ("λ", "Peaks against"), ("Hilbert", "Scores: 1"),
                            ("Curves", "Resistance of each process"), ("Symmetric", "Full cell"),
                            ("λ", "Peaks against")):
            press(window, name)
            shown = wait_for(lambda: window.process.poll() is None and plot(window, title), 30)
            tap.check(shown and window.process.poll() is None, f"“{name}” shows “{title}…”", window.texts()[-20:])
    finally:
        window.close()
    return tap.end()


sys.exit(main())
