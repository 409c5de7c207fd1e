#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The way from files to a figure in a file, without a pointer: every step is a key, what has the focus is
followed as a screen reader does and always has a name."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Focus, Tap, Window, ask, path_to, real_files, run, wait_for  # noqa: E402


class Hand:
    """Keys, and what they lead to."""

    def __init__(self, tap, window):
        self.tap, self.window, self.focus = tap, window, Focus()
        self.nameless = set()
        self.front()

    def front(self):
        """There is no window manager that gives the newest window the focus."""
        wait_for(lambda: len(self.window.find_xids()) >= len(frames(self.window)), 5)
        xid = self.window._find_xid()
        if xid:
            run("xdotool", "windowfocus", "--sync", xid)
        self.focus.pump(seconds=0.3)

    def name(self):
        return (ask(self.focus.node.get_name) if self.focus.node else "") or ""

    def role(self):
        return (ask(self.focus.node.get_role_name) if self.focus.node else "") or ""

    def text(self):
        return (ask(self.focus.node.get_description) if self.focus.node else "") or ""

    def press(self, *keys):
        for key in keys:
            self.focus.move(key, seconds=0.4)

    def type(self, text):
        run("xdotool", "type", "--delay", "5", text)
        self.focus.pump(seconds=0.2)

    def to(self, name, key="Tab", most=60):
        """Walks to what is called so."""
        for _ in range(most):
            self.focus.move(key, seconds=0.6)
            if self.role() != "scroll pane" and (not self.name().strip() or self.name().startswith("Gtk")):
                self.nameless.add(path_to(self.focus.node))
            if name in self.name():
                return True
        return False

    def check(self, condition, what, seconds=10):
        good = wait_for(condition, seconds, 0.2)
        return self.tap.check(good, what, f"focus: {path_to(self.focus.node)}\n{self.text()}")


def frames(window):
    return [ask(window.app.get_child_at_index(i).get_name) for i in range(window.app.get_child_count())]


def open_and_name(hand, files):
    window = hand.window
    hand.check(lambda: hand.to("Choose files") or hand.to("Open the example"), "the first screen is walked through")
    hand.tap.check(hand.to("Open the example", most=12), "to the example", hand.name())
    hand.press("Return")
    hand.check(lambda: window.find("tree table", "Values of each cycle"), "Return opens it", 60)
    hand.press("ctrl+d")
    hand.check(lambda: len(frames(window)) > 1, "Ctrl+D asks for files")
    hand.front()
    hand.press("ctrl+l")
    hand.type(files[0])
    hand.press("Return")
    hand.check(lambda: len(frames(window)) == 1, "a path and Return choose one", 20)
    hand.front()
    name = os.path.basename(files[0])
    hand.check(lambda: any(name in text for text in window.texts()), "it is read", 20)


def name_and_role(hand):
    window = hand.window
    hand.press("ctrl+f", "Tab")
    hand.tap.check(hand.to("S-LRMO (sim", "Down", 30), "the arrows walk through samples", hand.name())
    hand.press("F2")
    hand.press("ctrl+a")
    hand.type("Coated")
    hand.press("Return")
    hand.check(lambda: window.find("list item", "Coated"), "F2 names a sample")
    hand.tap.check(hand.name() in ("Coated", "S-LRMO (simulated)"), "the focus is back in its row", path_to(hand.focus.node))
    hand.press("shift+F10")
    hand.tap.check(hand.to("Control", "Down", 8), "Shift+F10 opens its menu", hand.name())
    hand.press("Return")
    row = window.find("list item", "Coated")
    hand.check(lambda: "control" in (ask(row.get_description) or ""), "and gives it a role")
    hand.press("ctrl+z", "ctrl+z")
    hand.check(lambda: window.find("list item", "S-LRMO (simulated)"), "Ctrl+Z undoes both")


def cells_and_pages(hand):
    window = hand.window
    hand.press("ctrl+f", "Tab", "Home")
    hand.to("S-LRMO (sim", "Down", 30)
    hand.tap.check(hand.to("0.2C", "Down", 8), "and through its tests", hand.name())
    hand.press("Right", "Down")
    hand.tap.check("0.2C 1" in hand.name(), "Right shows the cells of a test, Down goes to one", hand.name())
    hand.press("ctrl+l")
    hand.check(lambda: window.find("label", "left out"), "Ctrl+L leaves it out")
    hand.press("ctrl+f", "Tab", "ctrl+z")
    hand.check(lambda: not window.find("label", "left out"), "Ctrl+Z takes it in again")
    hand.press("ctrl+f")
    hand.press("Tab")
    hand.tap.check(hand.to("Cycles to draw"), "Tab leaves the list and comes to the cycles", hand.name())
    hand.press("ctrl+a")
    hand.type("1-3")
    hand.press("Return")
    hand.tap.check(hand.to("Unit of capacity", most=8), "Tab goes on to the choice of units", hand.name())
    before = hand.name()
    hand.press("space", "Down", "Return")
    hand.check(lambda: "Unit of capacity" in hand.name(), "a choice is made and the focus comes back to it")
    hand.press("ctrl+z")
    hand.tap.check(hand.to("Potential against capacity", most=12), "Tab comes to the plot", hand.name() + before)


def plot(hand):
    hand.check(lambda: "Shown" in hand.text(), "the plot tells its ranges")
    whole = hand.text()
    hand.press("Page_Down", "n")
    hand.check(lambda: "Selected point" in hand.text(), "keys read a point")
    hand.press("b", "n", "n", "b", "Escape")
    hand.check(lambda: "Shown" in hand.text() and hand.text() != whole, "and zoom to a box between two points")
    boxed = hand.text()
    hand.press("0")
    hand.check(lambda: hand.text() == whole, "0 shows all again")
    hand.press("plus", "Right")
    hand.check(lambda: hand.text() not in (whole, boxed), "plus and the arrows zoom and pan")
    hand.press("0", "Escape")
    hand.tap.check(hand.to("Sample", most=8) and hand.role() == "table row", "Tab goes on to the table",
                   path_to(hand.focus.node))
    first = hand.name()
    hand.press("ctrl+period", "ctrl+period", "ctrl+r")
    hand.press("Home")
    hand.check(lambda: hand.name() != first or hand.role() == "table row", "keys sort it")
    hand.press("Tab")
    hand.tap.check(hand.role() != "table row", "one Tab leaves it", path_to(hand.focus.node))


def cell_table(hand):
    window = hand.window
    hand.press("ctrl+t")
    hand.check(lambda: "Cell table" in frames(window), "Ctrl+T opens the cell table")
    hand.front()
    # At once, while its rows still come: the text of the value, then all rows.
    hand.press("ctrl+a", "ctrl+a", "ctrl+Tab")
    hand.tap.check(hand.to("Set in selected rows", most=8), "Ctrl+Tab leaves it", hand.name())
    hand.press("shift+Tab", "shift+Tab", "space", "End", "Return", "Tab")
    hand.tap.check("Value to set" in hand.name(), "a field is chosen for all", hand.name())
    hand.type("x")
    hand.press("Return")
    hand.check(lambda: window.find("label", part="in 1") or window.find("label", part="in 2"), "all rows are set", 20)
    report = window.find("label", part="cells.")
    hand.tap.check(report is not None and int("0" + "".join(c for c in report.get_name() if c.isdigit())) > 100,
                   "Ctrl+A means all rows, not those that are there so far", report and report.get_name())
    hand.press("Escape")
    hand.check(lambda: "Cell table" not in frames(window), "Escape closes it")
    hand.focus.hear_out()
    hand.front()
    hand.press("ctrl+z")


def figure(hand, folder):
    window = hand.window
    hand.press("alt+1", "ctrl+Page_Up")
    hand.press("ctrl+f", "Tab")
    hand.tap.check(hand.to("From template", most=20), "Ctrl+Page Up comes to the figures", hand.name())
    hand.press("Return")
    hand.check(lambda: len(frames(window)) > 1, "a template is asked for")
    hand.front()
    hand.check(lambda: hand.to("Make figure", most=10), "Tab comes to the button that makes it", 20)
    hand.press("Return")
    hand.check(lambda: len(frames(window)) == 1, "and Return presses it", 20)
    hand.front()
    hand.press("ctrl+f", "Tab")
    hand.tap.check(hand.to("Panel", most=40), "Tab comes to the paper", hand.name())
    hand.press("Escape", "Escape", "Right")
    hand.check(lambda: "Panel" in hand.text(), "an arrow selects a panel")
    hand.press("Page_Down")
    hand.check(lambda: "curve" in hand.text(), "Page Down a curve")
    hand.press("Escape", "Tab")
    hand.check(lambda: ", " in hand.text(), "Tab a part of the panel")
    for _ in range(12):
        if "legend" in hand.text():
            break
        hand.press("Tab")
    hand.tap.check("legend" in hand.text(), "and the legend", hand.text())
    hand.press("alt+Down", "ctrl+z", "Escape", "Escape", "ctrl+alt+Right", "ctrl+z")


def export(hand, folder):
    window = hand.window
    target = os.path.join(folder, "keys.pdf")
    hand.press("ctrl+e")
    hand.check(lambda: "Export the figure" in frames(window), "Ctrl+E asks how")
    hand.front()
    hand.to("Export…", most=12)
    hand.press("Return")
    hand.focus.pump(seconds=1)
    hand.front()
    hand.press("ctrl+a")
    hand.type(target)
    hand.press("Return")
    hand.check(lambda: os.path.exists(target) and os.path.getsize(target) > 1000, "the figure is a PDF", 20)
    hand.front()
    hand.press("ctrl+shift+e")
    hand.focus.pump(seconds=1)
    hand.front()
    hand.press("ctrl+a")
    book = os.path.join(folder, "keys.xlsx")
    hand.type(book)
    hand.press("Return")
    hand.check(lambda: os.path.exists(book) and os.path.getsize(book) > 1000, "the workbook is written", 60)
    hand.front()


def windows(hand):
    window = hand.window
    for key, title in (("ctrl+comma", "Preferences"), ("F1", "Help"), ("ctrl+question", "Keyboard shortcuts")):
        hand.press(key)
        hand.check(lambda: title in frames(window), f"{key} opens {title}")
        hand.front()
        hand.press("Tab", "Tab", "Escape")
        hand.check(lambda: title not in frames(window), "Escape closes it")
        hand.front()


def main():
    tap = Tap()
    window = Window(sys.argv[1], width=1440, height=900)
    files = real_files([])
    try:
        hand = Hand(tap, window)
        open_and_name(hand, files) if files else None
        name_and_role(hand)
        cells_and_pages(hand)
        plot(hand)
        cell_table(hand)
        figure(hand, window.folder)
        export(hand, window.folder)
        windows(hand)
        tap.check(not hand.nameless, "what had the focus had a name", "\n".join(hand.nameless))
    finally:
        window.close()
    return tap.end()


sys.exit(main())
