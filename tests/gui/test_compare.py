#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compare: the verdict is in sight, own reported values are added, changed, removed and undone, and
mass and 1C come from the mix and the formula by one press."""

import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Atspi, Tap, Window, ask, wait_for  # noqa: E402


def enter(window, label, text):
    """Into the entry of that name."""
    def field():
        for node in window.showing():
            if ask(node.get_name) == label and ask(node.get_editable_text_iface) is not None:
                return node
        return None
    node = wait_for(field, 10)
    return node is not None and ask(lambda: Atspi.EditableText.set_text_contents(node, text))


def press(window, name):
    def button():
        return next((node for node in window.showing("push button")
                     if ask(node.get_name) == name), None)
    node = wait_for(button, 10)
    return node is not None and ask(lambda: node.get_action_iface().do_action(0))


def undo_name(window):
    return next((text for text in window.texts() if text.startswith("Undo: ")), "")


def picture(name):
    """Of the whole display, where a folder for pictures is given."""
    folder = os.environ.get("PLATEAU_PICTURES")
    if folder:
        subprocess.run(["import", "-window", "root", os.path.join(folder, name + ".png")],
                       check=False)


def test_literature(tap, window):
    window.action("win.own-literature")
    filled = [enter(window, label, text) for label, text in
              (("Study", "wang2025"), ("Sample", "S-LRMO"), ("Quantity", "areal capacity"),
               ("Unit", "mAh/cm2"), ("Value", "x"), ("Loading / mg cm⁻²", "9.5"),
               ("Place", "Fig. 2"))]
    tap.check(all(filled), "the form of a reported value is filled", filled)
    press(window, "Add")
    tap.check(wait_for(lambda: any("needs a quantity and a number" in t for t in window.texts()), 5),
              "a value that is no number is told", undo_name(window))
    enter(window, "Value", "2.4")
    press(window, "Add")
    tap.check(wait_for(lambda: any("wang2025, S-LRMO: areal capacity 2.4" in t
                                   for t in window.texts()), 10),
              "the value is in the list", window.texts()[-40:])
    tap.check(wait_for(lambda: "Add a reported value" in undo_name(window), 10),
              "and is a step to undo", undo_name(window))
    time.sleep(1)
    picture("literature")
    window.action("win.undo")
    tap.check(wait_for(lambda: not any("wang2025, S-LRMO:" in t for t in window.texts()), 10),
              "undone, it is gone", window.texts()[-40:])
    window.action("win.redo")
    tap.check(wait_for(lambda: any("wang2025, S-LRMO:" in t for t in window.texts()), 10),
              "and comes back", window.texts()[-40:])


def test_facts(tap, window):
    window.action("win.material-facts")
    filled = [enter(window, label, text) for label, text in
              (("Formula", "Li1.2Mn0.54Ni0.13Co0.13O2"), ("Mix by weight", "60:40:5"),
               ("Composite mass", "10"), ("Die diameter", "10"))]
    tap.check(all(filled), "formula and mix are entered", filled)
    tap.check(wait_for(lambda: any("theoretical capacity 37" in t for t in window.texts()), 10),
              "the theoretical capacity stands there", window.texts()[-40:])
    time.sleep(1)
    picture("facts")
    press(window, "Use as 1C of the sample")
    tap.check(wait_for(lambda: "1C from the formula" in undo_name(window), 10),
              "one press sets what 1C means", undo_name(window))


def main():
    tap = Tap()
    window = Window(sys.argv[1], width=1440, height=900)
    try:
        window.action("win.open-example")
        wait_for(lambda: window.find("image", part="Potential against capacity"), 60)
        window.action("win.page('compare')")
        wait_for(lambda: window.find("image", part="retention"), 40)
        time.sleep(1.5)
        picture("compare")
        test_literature(tap, window)
        test_facts(tap, window)
    finally:
        window.close()
    return tap.end()


sys.exit(main())
