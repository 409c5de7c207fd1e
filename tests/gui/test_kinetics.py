#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""GITT, voltammetry and conductivity by hand: a test offered, a pulse clicked, axes and directions chosen, a
baseline dragged, the quantity over temperature chosen; each undone."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Atspi, Tap, Window, ask, drag, release, run, wait_for  # noqa: E402


def click(node, share=0.5):
    box = node.get_extents(Atspi.CoordType.WINDOW)
    run("xdotool", "mousemove", str(box.x + int(box.width * share)), str(box.y + box.height // 2), "click", "1")


def press(window, part):
    node = wait_for(lambda: next((found for role in ("push button", "toggle button")
                                  for found in [window.find(role, part=part)] if found), None), 20)
    if node:
        click(node)
    return node


def choose(window, chooser, steps):
    node = wait_for(lambda: window.find("combo box", part=chooser), 10)
    if node:
        click(node)
        popped = wait_for(lambda: window.find("list item") or window.find("list box"), 5)
        run("xdotool", "key", *["Down"] * steps, "Return")
        return popped or node
    return None


def plot(window, title):
    return window.find("image", part=title)


def description(window, title):
    node = plot(window, title)
    return (ask(node.get_description) or "") if node else ""


def says(window, title, words, seconds=20):
    return wait_for(lambda: words in description(window, title), seconds)


def undo_name(window):
    return next((text for text in window.texts() if text.startswith("Undo: ")), "")


def titration(tap, window):
    window.action("win.page('gitt')")
    tap.check(press(window, "Show “GITT”"), "a titration of the samples is offered", window.texts()[-30:])
    tap.check(says(window, "Diffusion coefficient", "Potential", 40), "D is shown against potential",
              description(window, "Diffusion coefficient"))
    tap.check(says(window, "Pulse", "Time since the pulse began"), "with the first pulse beside it",
              description(window, "Pulse"))
    before = description(window, "Pulse")
    # Across the points: one of them is hit.
    box = plot(window, "Diffusion coefficient").get_extents(Atspi.CoordType.WINDOW)
    hit = None
    for step in range(60):
        y = box.y + int(box.height * (0.2 + 0.6 * step / 60))
        run("xdotool", "mousemove", str(box.x + int(box.width * 0.55)), str(y), "click", "1")
        if step % 3 == 2:
            hit = wait_for(lambda: description(window, "Pulse") not in ("", before), 0.4)
        if hit:
            break
    tap.check(hit, "a click on a point shows its pulse", (before, description(window, "Pulse")))
    choose(window, "What the values are shown against", 2)
    tap.check(says(window, "Diffusion coefficient", "in Li"), "against composition",
              description(window, "Diffusion coefficient"))
    choose(window, "What the values are shown against", 1)
    wait_for(lambda: "in Li" not in description(window, "Diffusion coefficient"), 10)
    press(window, "Diffusion relative to the pristine")
    tap.check(wait_for(lambda: plot(window, "Diffusion relative"), 20), "the ratio to the control sample")


def voltammogram(tap, window):
    window.action("win.page('cv')")
    tap.check(press(window, "Show “CV” of"), "a voltammogram of other samples is offered", window.texts()[-30:])
    tap.check(says(window, "Cyclic voltammograms", "Potential", 40), "it is shown",
              description(window, "Cyclic voltammograms"))
    moved = None
    box = plot(window, "Cyclic voltammograms").get_extents(Atspi.CoordType.WINDOW)
    # The window of a baseline lies somewhere left of the peak: the first tint that is dragged.
    for share in range(12, 60, 4):
        x, y = box.x + box.width * share // 100, box.y + box.height // 5
        drag(x, y, x + 25, y, steps=5)
        release()
        moved = wait_for(lambda: "Move the baseline" in undo_name(window), 0.4)
        if moved:
            break
        run("xdotool", "key", "0")
    tap.check(moved, "a baseline's window is dragged", undo_name(window))
    run("xdotool", "key", "ctrl+z")
    tap.check(wait_for(lambda: "Move the baseline" not in undo_name(window), 10), "and put back", undo_name(window))


def over_temperature(tap, window):
    window.action("win.page('conductivity')")
    tap.check(press(window, "Show “"), "pellets are offered", window.texts()[-30:])
    tap.check(says(window, "Arrhenius plot", "Conductivity", 40), "their conductivity is shown",
              description(window, "Arrhenius plot"))
    choose(window, "What is followed over temperature", 2)
    tap.check(wait_for(lambda: "Choose the quantity" in undo_name(window), 20), "another quantity is chosen",
              undo_name(window))
    run("xdotool", "key", "ctrl+z")
    tap.check(says(window, "Arrhenius plot", "Conductivity"), "and the first one is back",
              description(window, "Arrhenius plot"))


def main():
    tap = Tap()
    window = Window(sys.argv[1], width=1280, height=800)
    try:
        window.action("win.open-example")
        wait_for(lambda: plot(window, "Potential against capacity"), 60)
        titration(tap, window)
        voltammogram(tap, window)
        over_temperature(tap, window)
    finally:
        window.close()
    return tap.end()


sys.exit(main())
