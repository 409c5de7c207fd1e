#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every control of the window has a name, every plot says what it shows, and everything is reached by
keyboard."""

import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import APP_ID, Atspi, Tap, Window, ask, run, wait_for  # noqa: E402

CONTROLS = {"push button", "toggle button", "check box", "radio button", "entry", "text",
            "spin button", "combo box", "slider", "list", "tree table", "table"}

PAGES = ("dqdv", "rate", "gitt", "cv", "impedance", "drt", "conductivity", "compare", "figures")
WINDOWS = {"preferences": "Preferences", "help": "Help"}


def nameless(window):
    """Controls that a screen reader could only call by their kind. The inner button of a drop down
    and the text of an entry belong to the one around them."""
    bad = []

    def visit(node, inside):
        states = ask(node.get_state_set)
        if states is None or (node is not window.app
                              and not states.contains(Atspi.StateType.VISIBLE)):
            return
        role, name = ask(node.get_role_name), ask(node.get_name) or ""
        if role in CONTROLS and not inside and (not name or name.startswith(("Gtk", "Plateau"))):
            bad.append(path_to(node))
        if role == "tree table":
            return  # its rows are text
        for i in range(ask(node.get_child_count) or 0):
            child = ask(lambda: node.get_child_at_index(i))
            if child is not None:
                visit(child, inside or role in ("combo box", "spin button", "entry", "text", "push button"))

    visit(window.app, False)
    return bad


def path_to(node):
    names = []
    while node is not None and len(names) < 5:
        names.append(f"{ask(node.get_role_name)} “{ask(node.get_name)}”")
        node = ask(node.get_parent)
    return " in ".join(names)


def focused(window):
    for node in window.walk():
        states = ask(node.get_state_set)
        if states is not None and states.contains(Atspi.StateType.FOCUSED):
            return node
    return None


def ancestors(node):
    while node is not None:
        yield ask(node.get_name) or ""
        node = ask(node.get_parent)


def key(*names):
    for name in names:
        run("xdotool", "key", name)
        time.sleep(0.15)


def main():
    tap = Tap()
    window = Window(sys.argv[1], width=1440, height=900)
    try:
        first = nameless(window)
        tap.check(not first, "the first screen names every control", "\n".join(first))
        window.action("win.open-example")
        plots = wait_for(lambda: [n for n in window.showing("image") if len(n.get_description() or "") > 60], 60)
        tap.check(plots, "plots describe themselves", window.texts()[:40])
        for plot in plots or []:
            text = plot.get_description()
            tap.check("against" in text and plot.get_name(), f"“{plot.get_name()}” has a name and says its axes", text)
        work = nameless(window)
        tap.check(not work, "the work screen names every control", "\n".join(work))

        run("xdotool", "windowfocus", window.xid)
        seen = []
        for _ in range(8):
            key("F6")
            node = wait_for(lambda: focused(window), 2)
            if node is not None:
                seen.append(path_to(node))
        distinct = len(set(seen))
        tap.check(distinct >= 4, "F6 goes around the parts of the window", "\n".join(seen))

        key("ctrl+f")
        run("xdotool", "type", "0.2C")
        found = wait_for(lambda: [n for n in window.showing("list item") if "0.2C" in (n.get_name() or "")], 5)
        tap.check(found, "Ctrl+F and typing finds cells", window.texts()[:60])
        key("ctrl+a", "BackSpace", "Escape")

        names = [ask(n.get_name) for n in window.showing("text")]
        tap.check(any("Active mass" in (name or "") for name in names), "the mass entry is named", names)
        window.action("win.toggle-excluded")
        out = wait_for(lambda: window.find(part="left out"), 5)
        tap.check(out, "a cell is left out by its action", window.texts()[:60])
        key("ctrl+z")
        back = wait_for(lambda: not window.find(part="left out"), 5)
        tap.check(back, "and Ctrl+Z takes it in again", window.texts()[:60])

        for page in PAGES:
            window.action(f"win.page('{page}')")
            time.sleep(1.5)
            bad = nameless(window)
            tap.check(not bad, f"the page {page} names every control", "\n".join(bad[:20]))
            plots = [n for n in window.showing("image") if "PlateauPlot" in (ask(n.get_name) or "")]
            tap.check(not plots, f"and the plots of {page}", "\n".join(path_to(n) for n in plots))
        window.action("win.page('cycling')")
        window.action("win.cell-table")
        table = wait_for(lambda: window.find("tree table", "Cells and their fields"), 5)
        tap.check(table, "the cell table opens")
        bad = nameless(window)
        tap.check(not bad, "and names every control", "\n".join(bad[:20]))
        for action, title in WINDOWS.items():
            run("gapplication", "action", APP_ID, action)
            shown = wait_for(lambda: window.find("frame", title) or window.find("dialog", title), 5)
            tap.check(shown, f"{title} opens by its action", window.texts()[-30:])
            bad = nameless(window)
            tap.check(not bad, f"{title} names every control", "\n".join(bad[:20]))
    finally:
        window.close()
    return tap.end()


sys.exit(main())
