#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures are edited by hand: a template takes the samples that are chosen, a legend and a panel are
dragged, an entry is renamed, a style of one's own is saved and applied, each is undone and done
again, and what cannot be is said in its place."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Atspi, Tap, Window, ask, drag, release, run, wait_for  # noqa: E402


def place(node):
    return node.get_extents(Atspi.CoordType.WINDOW)


def click(node, times="1"):
    box = place(node)
    run("xdotool", "mousemove", str(box.x + box.width // 2), str(box.y + box.height // 2),
        "click", "--repeat", times, "--delay", "60", "1")


def write(text):
    """Over what an entry holds."""
    run("xdotool", "key", "ctrl+a")
    run("xdotool", "type", "--delay", "20", text)
    run("xdotool", "key", "Return")


class Editing(Window):
    """The sidebar's hundreds of rows are not asked: each look at one is a message on the bus."""

    def walk(self, node=None):
        if node is not None and ask(node.get_name) == "Samples and cells":
            return
        yield from super().walk(node)


def press(node):
    """For widgets in popovers, whose place on the screen nobody tells."""
    return node and ask(lambda: Atspi.Action.do_action(node, 0))


class Page:
    def __init__(self, window):
        self.window = window
        self.known = None

    def paper(self):
        if not self.known or ask(self.known.get_name) is None:
            self.known = self.window.find(part="Panel 1:")
        return self.known

    def described(self):
        paper = self.paper()
        return (ask(paper.get_description) or "") if paper else ""

    def selected(self, text):
        return wait_for(lambda: text in self.described(), 15)

    def shows(self, text):
        paper = self.paper()
        return paper and text in (ask(paper.get_name) or "")

    def button(self, name, role="push button"):
        return wait_for(lambda: self.window.find(role, name), 20)

    def undo_is(self, step):
        return wait_for(lambda: self.window.find(part=f"Undo: {step} ("), 20)

    def redo_is(self, step):
        return wait_for(lambda: self.window.find(part=f"Redo: {step} ("), 20)

    def entry(self, name):
        for node in self.window.walk():
            if ask(node.get_name) == name and ask(node.get_role_name) in ("text", "entry"):
                return node
        return None

    def text(self, name):
        entry = self.entry(name)
        return entry and ask(lambda: Atspi.Text.get_text(
            entry, 0, Atspi.Text.get_character_count(entry)))

    def keys(self, *names):
        for name in names:
            run("xdotool", "key", name)


def step_to(page, part, most=40):
    """Tab through the parts of the figure until one is selected."""
    for _ in range(most):
        if part in page.described():
            return True
        before = page.described()
        page.keys("Tab")
        wait_for(lambda: page.described() != before, 5)
    return part in page.described()


def undone_and_redone(tap, page, step, what):
    tap.check(page.undo_is(step), f"{what} is a step with a name", page.window.texts())
    page.window.action("win.undo")
    tap.check(page.redo_is(step), "it is taken back", page.window.texts())
    page.window.action("win.redo")
    tap.check(page.undo_is(step), "and done again", page.window.texts())


def make_from_template(tap, page):
    window = page.window
    click(page.button("From template…"))
    search = wait_for(lambda: page.entry("Find a template"))
    tap.check(search, "the templates are listed", window.texts())
    run("xdotool", "type", "--delay", "20", "sun2022 Fig. 3")
    row = wait_for(lambda: window.find("list item", part="sun2022 Fig. 3,"))
    wait_for(lambda: not window.find("list item", part="lei2026"))
    click(row)
    tap.check(wait_for(lambda: window.find(name="Modified") and window.find(name="Pristine")),
              "it asks for pristine and modified", window.texts())
    make = page.button("Make figure")
    wait_for(lambda: make.get_state_set().contains(Atspi.StateType.SENSITIVE), 60)
    click(make)
    tap.check(wait_for(lambda: page.shows("Panel 8:"), 60), "eight panels are made",
              window.texts())
    undone_and_redone(tap, page, "Make figure", "a figure")
    wait_for(lambda: page.shows("Panel 8:"), 60)


def drag_panel(tap, page):
    box = place(page.paper())
    # By its letter at the upper left, onto the panel beside it.
    drag(box.x + 30, box.y + 30, box.x + box.width // 2, box.y + 100)
    release()
    tap.check(page.selected("Panel B"), "a panel is dragged to the place of another",
              page.described())
    undone_and_redone(tap, page, "Move panel", "the move")


def walk(tap, page):
    page.keys("Escape", "Escape", "Right")
    tap.check(page.selected("Panel A"), "an arrow key selects the first panel", page.described())
    page.keys("Right")
    tap.check(page.selected("Panel B"), "the next one the panel beside it", page.described())
    tap.check(step_to(page, "legend"), "Tab walks through its parts", page.described())
    page.keys("Escape")
    tap.check(wait_for(lambda: "," not in page.described(), 10), "Escape goes back to the panel",
              page.described())


def legend_place(page):
    """Where the inspector has it: first automatic, then where it was dragged."""
    return page.window.find(name="Where it was dragged")


def drag_legend(tap, page):
    page.keys("Escape", "Escape", "Right")
    page.selected("Panel A")
    step_to(page, "legend")
    page.keys("alt+Down", "alt+Down")
    tap.check(wait_for(lambda: legend_place(page)), "the keys move a legend",
              page.window.texts())
    undone_and_redone(tap, page, "Move legend", "moving a legend")


def rename(tap, page):
    tap.check(step_to(page, "entry of the legend"), "an entry is selected", page.described())
    page.keys("F2")
    tap.check(wait_for(lambda: page.entry("Text on the figure")), "F2 opens its text in place",
              page.window.texts())
    write("<sup")
    tap.check(wait_for(lambda: page.window.find(part="is not valid markup")),
              "markup that cannot be is said in place", page.window.texts())
    tap.check(page.text("Text on the figure") == "<sup", "and what was written stays",
              page.text("Text on the figure"))
    write("Li<sub>2</sub>MnO<sub>3</sub>")
    undone_and_redone(tap, page, "Rename entry", "a new name")
    tap.check(wait_for(lambda: not page.entry("Text on the figure")), "the entry is gone",
              page.window.texts())


def wrong_range(tap, page):
    page.keys("Escape", "Escape", "Right")
    page.selected("Panel A")
    tap.check(step_to(page, "x axis"), "an axis is selected", page.described())
    tap.check(wait_for(lambda: page.entry("Range")), "the inspector shows its range",
              page.window.texts())
    click(page.entry("Range, to"))
    write("10")
    tap.check(page.undo_is("x axis: Range"), "the end of the range is set", page.window.texts())
    click(page.entry("Range"))
    write("50")
    tap.check(wait_for(lambda: page.window.find(part="not above its beginning")),
              "a range upside down is said under its field", page.window.texts())
    tap.check(page.text("Range") == "50", "which keeps what was entered", page.text("Range"))
    click(page.entry("Range"))
    write("2")
    tap.check(wait_for(lambda: not page.window.find(part="not above its beginning")),
              "and says no more once it can be", page.window.texts())


def wrong_font(tap, page):
    click(page.button("To the panel"))
    click(page.button("To the figure"))
    font = wait_for(lambda: page.entry("Font"))
    tap.check(font, "above the panel is the figure", page.window.texts())
    click(font)
    write("No Such Face")
    tap.check(wait_for(lambda: page.window.find(part="There is no font")),
              "an unknown font is said in place", page.window.texts())
    click(page.entry("Font"))
    write("DejaVu Sans")
    tap.check(page.undo_is("Style: Font"), "a known one is taken", page.window.texts())


def own_style(tap, page):
    window = page.window
    click(page.button("Style"))
    entry = wait_for(lambda: page.entry("Save as a style of your own"))
    tap.check(entry, "styles are offered", window.texts())
    wait_for(lambda: ask(entry.get_state_set).contains(Atspi.StateType.FOCUSED), 5)
    run("xdotool", "type", "--delay", "20", "Our group")
    press(wait_for(lambda: window.find(name="Save the style")))
    saved = os.path.join(window.folder, "plateau", "styles", "Our group.json")
    tap.check(wait_for(lambda: os.path.exists(saved)), "a style of one's own is kept with the "
              "user's data", window.texts())
    tap.check(page.undo_is("Change style"), "and the figure has it", window.texts())
    page.keys("Escape")
    window.action("win.page('cycling')")
    wait_for(lambda: not page.window.find(part="Panel 8:"))
    wait_for(lambda: window.find(part="Capacity and efficiency"), 60)
    window.action("win.send-to-figure")
    wait_for(lambda: window.find(part="is in the project"))
    window.action("win.page('figures')")
    click(page.button("Style"))
    apply = wait_for(lambda: window.find(name="Apply to these"))
    tap.check(apply, "other figures are offered", window.texts())
    press(apply)
    undone_and_redone(tap, page, "Change style of figures", "giving it to another figure")


def main():
    tap = Tap()
    window = Editing(sys.argv[1], width=1440, height=900)
    page = Page(window)
    try:
        window.action("win.open-example")
        wait_for(lambda: window.find(name="Figures"), 60)
        window.action("win.page('figures')")
        make_from_template(tap, page)
        drag_panel(tap, page)
        walk(tap, page)
        drag_legend(tap, page)
        rename(tap, page)
        wrong_range(tap, page)
        wrong_font(tap, page)
        own_style(tap, page)
    finally:
        window.close()
    return tap.end()


sys.exit(main())
