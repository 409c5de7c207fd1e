#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One edit in every page: named in the menu, taken back by Ctrl+Z wherever the window is, done again;
and views, which are apart."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Atspi, Tap, Window, ask, run, wait_for  # noqa: E402

# Page, what is edited there, and what it is called.
EDITS = [
    ("cycling", "text", "Cycles to draw", "Choose cycles (Cycling)"),
    ("dqdv", "check box", "dV/dQ", "Change dV/dQ (dQ/dV)"),
    ("rate", "spin button", "Last cycles", "Change Last cycles (Rate)"),
    ("gitt", "text", "Fit window", "Change Fit window (GITT)"),
    ("cv", "text", "Series resistance", "Change Series resistance (CV)"),
    ("impedance", "check box", "Mask what fails Lin-KK", "Mask points (Impedance)"),
    ("impedance", "text", "Start values", "Change Start values (Impedance)"),
    ("drt", "slider", "λ, in decades", "Set λ (DRT)"),
    ("conductivity", "text", "Left out", "Change Left out (Conductivity)"),
    ("compare", "check box", "S-LRMO rate 1 (simulated)", "Leave out S-LRMO rate 1 (simulated)"),
]
TITLES = {"dqdv": "dQ/dV", "gitt": "GITT", "cv": "CV", "drt": "DRT"}
TYPED = {"Cycles to draw": "1-3", "Fit window": "0.2:0.4", "Series resistance": "5",
         "Start values": "R0=12", "Left out": "2"}


class Undoing(Window):
    """The sidebar's hundreds of rows are not asked: each look at one is a message on the bus; and
    what is always there is looked for once."""

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.known = {}

    def walk(self, node=None):
        if node is not None and ask(node.get_name) == "Samples and cells":
            return
        yield from super().walk(node)

    def button(self, name):
        if name not in self.known:
            self.known[name] = self.find("push button", name)
        return self.known[name]

    def undo(self):
        return ask(self.button("Undo").get_name) or ""

    def redo(self):
        return ask(self.button("Redo").get_name) or ""


def state(node):
    """What a control says, whatever its kind."""
    role = ask(node.get_role_name)
    if role == "check box":
        return ask(lambda: node.get_state_set().contains(Atspi.StateType.CHECKED))
    if role in ("spin button", "slider"):
        return ask(lambda: round(Atspi.Value.get_current_value(node), 6))
    return ask(lambda: Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node)))


def focus(window, node):
    """Clicks into an entry, which is scrolled to first."""
    for _ in range(30):
        box = node.get_extents(Atspi.CoordType.WINDOW)
        if box.y + box.height < 60 or (80 < box.y and box.y + box.height < 820):
            run("xdotool", "mousemove", str(box.x + box.width // 2), str(box.y + box.height // 2),
                "click", "1")
            return True
        run("xdotool", "mousemove", "1270", "400", "click", "4" if box.y <= 80 else "5")
        wait_for(lambda: node.get_extents(Atspi.CoordType.WINDOW).y != box.y, 2)
    return False


def write(text, *then):
    run("xdotool", "key", "ctrl+a")
    run("xdotool", "type", "--delay", "20", text)
    run("xdotool", "key", *then)


def change(window, node):
    role, name = ask(node.get_role_name), ask(node.get_name)
    if role == "check box":
        return focus(window, node)
    if role in ("spin button", "slider"):
        step = 0.5 if role == "slider" else 1
        now, high = Atspi.Value.get_current_value(node), Atspi.Value.get_maximum_value(node)
        return Atspi.Value.set_current_value(node, now + step if now + step <= high else now - step)
    if not focus(window, node):
        return False
    write(TYPED[name], "Return")
    return True


def key(*names):
    run("xdotool", "key", *names)


def step(window, keys, done):
    """Presses a key again only where it did nothing at all: one that comes while a slow window takes
    a page apart may be lost."""
    for _ in range(3):
        names = window.undo(), window.redo()
        key(keys)
        if wait_for(done, 12):
            return True
        if (window.undo(), window.redo()) != names:
            return wait_for(done, 12)
        print(f"# {keys} did nothing: pressed again", flush=True)
    return False


def page_shown(window, title):
    tab = window.button(title)
    return tab is not None and tab.get_state_set().contains(Atspi.StateType.PRESSED)


def one_edit(tap, window, page, role, name, called):
    title = TITLES.get(page, page.capitalize())
    window.action(f"win.page('{page}')")
    node = wait_for(lambda: window.find(role, name), 30)
    if not tap.check(node, f"{page}: there is {name}", window.texts()):
        return
    before = state(node)
    tap.check(change(window, node) and wait_for(lambda: window.undo() == f"Undo: {called}", 20),
              f"{page}: the change is called “{called}”", window.undo())
    after = state(node)
    tap.check(after != before, f"{page}: {name} has changed", f"{before} -> {after}")
    other = "rate" if page != "rate" else "cv"
    window.action(f"win.page('{other}')")
    wait_for(lambda: page_shown(window, TITLES.get(other, other.capitalize())), 20)
    tap.check(step(window, "ctrl+z", lambda: window.redo() == f"Redo: {called}"),
              f"{page}: Ctrl+Z takes it back", window.undo() + window.redo())
    if page == "compare":  # a cell's own is shown beside every page
        window.action("win.page('compare')")
    tap.check(wait_for(lambda: page_shown(window, title), 10), f"{page}: the page is shown again")
    node = wait_for(lambda: window.find(role, name), 20)
    tap.check(node and wait_for(lambda: state(node) == before, 10), f"{page}: {name} is as before",
              node and state(node))
    tap.check(node and step(window, "ctrl+shift+z", lambda: window.undo() == f"Undo: {called}")
              and wait_for(lambda: state(window.find(role, name)) == after, 20),
              f"{page}: Ctrl+Shift+Z does it again", window.undo())
    step(window, "ctrl+z", lambda: window.redo() == f"Redo: {called}")


def figure(tap, window):
    """A figure made, named and taken back; the page of figures is where its undo shows."""
    window.action("win.page('cycling')")
    window.action("win.send-to-figure")
    tap.check(wait_for(lambda: window.undo().startswith("Undo: Make Figure"), 20), "a figure is made",
              window.undo())
    window.action("win.page('figures')")
    entry = wait_for(lambda: window.find("text", "Name"), 20)
    if not tap.check(entry, "the figure has a name to edit", window.texts()[:80]):
        return
    old = state(entry)
    focus(window, entry)
    write("Fig. A", "Return")
    tap.check(wait_for(lambda: window.undo().startswith("Undo: Rename figure"), 10),
              "a figure is renamed", window.undo())
    window.action("win.page('cycling')")
    wait_for(lambda: page_shown(window, "Cycling"), 20)
    tap.check(step(window, "ctrl+z", lambda: window.redo().startswith("Redo: Rename figure"))
              and wait_for(lambda: page_shown(window, "Figures")
                           and state(window.find("text", "Name")) == old, 20),
              "its name is undone where it is seen", old)


def pending(tap, window):
    """A value that is typed but not entered: Ctrl+Z takes that back, not what was before."""
    window.action("win.page('cycling')")
    before = window.undo()
    mass = wait_for(lambda: window.find("text", "Active mass"), 20)
    old = state(mass)
    focus(window, mass)
    write("9.87", "ctrl+z")
    tap.check(wait_for(lambda: window.redo().startswith("Redo: Change active mass of "), 10),
              "typing that was not entered is what Ctrl+Z takes back", window.redo())
    tap.check(wait_for(lambda: state(window.find("text", "Active mass")) == old, 10), "in the entry too",
              state(mass))
    tap.check(window.undo() == before, "and nothing before it", (before, window.undo()))


def views(tap, window):
    """Which plot is looked at, and how near, is no step."""
    window.action("win.page('cycling')")
    before = window.undo(), window.redo()
    shown = wait_for(lambda: window.find("push button", "Potential and current against time")
                     or window.find("push button", "V–t"), 20)
    if not tap.check(shown, "the page has several plots", window.texts()):
        return
    focus(window, shown)
    tap.check(wait_for(lambda: shown.get_state_set().contains(Atspi.StateType.PRESSED), 10),
              "another plot is looked at")
    plot = wait_for(lambda: window.find("image", "Potential and current against time"), 20)
    if not tap.check(plot and wait_for(lambda: "Shown: " in (ask(plot.get_description) or ""), 20),
                     "which is drawn", plot and plot.get_description()):
        return
    seen = ask(plot.get_description)
    box = plot.get_extents(Atspi.CoordType.WINDOW)
    run("xdotool", "mousemove", str(box.x + box.width // 2), str(box.y + box.height // 2), "click",
        "--repeat", "3", "4")
    tap.check(wait_for(lambda: ask(plot.get_description) != seen, 10), "and nearer", seen)
    run("xdotool", "click", "8")
    tap.check((window.undo(), window.redo()) == before, "neither is a step to undo",
              (before, window.undo(), window.redo()))


def drawn(window):
    """A plot with data, and what it says."""
    for node in window.showing("image"):
        if "Shown: " in (ask(node.get_description) or ""):
            return node
    return None


def said(plot):
    """The ranges, without the point under the pointer."""
    return (ask(plot.get_description) or "").split("Selected point")[0].strip()


def settled(plot):
    return "Shown: " in said(plot)


def zooms(tap, window, page):
    """Near and far, back and forward: apart from undo, whatever the page."""
    window.action(f"win.page('{page}')")
    wait_for(lambda: page_shown(window, TITLES.get(page, page.capitalize())), 20)
    plot = wait_for(lambda: drawn(window), 3)
    if not plot:
        offer = wait_for(lambda: window.find("push button", part="Show “"), 5)
        if offer:
            focus(window, offer)
        plot = wait_for(lambda: drawn(window), 30)
    if not tap.check(plot, f"{page}: a plot is drawn", window.texts()[:60]):
        return
    steps = window.undo(), window.redo()
    box = plot.get_extents(Atspi.CoordType.WINDOW)
    run("xdotool", "mousemove", str(box.x + box.width // 2), str(box.y + box.height // 2))
    wait_for(lambda: settled(plot), 10)  # the point under the pointer is told too
    seen = said(plot)
    run("xdotool", "click", "4")
    tap.check(wait_for(lambda: said(plot) != seen, 10), f"{page}: it is zoomed", seen)
    near = said(plot)
    run("xdotool", "click", "8")
    tap.check(wait_for(lambda: said(plot) == seen, 10), f"{page}: back is as before",
              (seen, said(plot)))
    run("xdotool", "click", "9")
    tap.check(wait_for(lambda: said(plot) == near, 10),
              f"{page}: forward is near again", (near, said(plot)))
    tap.check((window.undo(), window.redo()) == steps, f"{page}: none of it is a step to undo",
              (steps, window.undo(), window.redo()))


def removal(tap, window):
    window.action("win.page('cycling')")
    shown = wait_for(lambda: window.find(part="replicate 3 of 3"), 10)
    window.action("win.remove-selected")
    tap.check(wait_for(lambda: window.undo().startswith("Undo: Remove"), 20), "cells are removed",
              window.undo())
    tap.check(step(window, "ctrl+z", lambda: window.redo().startswith("Redo: Remove"))
              and wait_for(lambda: window.find(part="replicate 3 of 3") if shown else True, 20),
              "and are there and selected again", window.texts()[:60])


def menu(tap, window):
    """The names in the menu of the window."""
    window.action("win.page('cycling')")
    button = wait_for(lambda: window.find("push button", "Menu"), 5)
    if not tap.check(button, "the window has a menu", window.texts()):
        return
    focus(window, button)
    tap.check(wait_for(lambda: window.find("menu item", part="Undo: Make Figure")
                       and window.find("menu item", part="Redo: Rename figure"), 20),
              "the menu names what can be undone and redone",
              [ask(n.get_name) for n in window.showing("menu item")])
    run("xdotool", "key", "Escape")


def main():
    tap = Tap()
    window = Undoing(sys.argv[1], width=1440, height=900)
    try:
        run("xdotool", "windowfocus", "--sync", window.xid)
        window.action("win.open-example")
        tap.check(wait_for(lambda: any("mAh g" in (ask(n.get_description) or "")
                                       for n in window.showing("image")), 60), "the example is open")
        wait_for(lambda: window.button("Undo") and window.button("Redo"))
        for edit in EDITS:
            one_edit(tap, window, *edit)
        figure(tap, window)
        menu(tap, window)
        pending(tap, window)
        views(tap, window)
        for page in ("cycling", "dqdv", "rate", "gitt", "cv", "impedance", "drt", "conductivity", "compare"):
            zooms(tap, window, page)
        removal(tap, window)
    finally:
        window.close()
    return tap.end()


sys.exit(main())
