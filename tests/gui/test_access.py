#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Through AT-SPI over the whole window: on every page, in every view and inspector, in every dialog and menu
each control has a name, each plot says what it shows, toggles and folds have their states, tables their
heads. What takes the focus is named too."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import APP_ID, Atspi, Focus, Tap, Window, ask, path_to, run, wait_for  # noqa: E402

CONTROLS = {"push button", "toggle button", "check box", "radio button", "entry", "text", "list item",
            "spin button", "combo box", "slider", "list", "tree table", "table", "menu item", "table row",
            "table cell", "image", "progress bar"}
# Parts of the control around them.
INSIDE = ("combo box", "spin button", "entry", "text", "push button", "image", "list item", "check box")
PAGES = ("cycling", "dqdv", "rate", "gitt", "cv", "impedance", "drt", "conductivity", "compare", "figures")
# What opens each window, and its title.
WINDOWS = (("win.cell-table", "Cell table"), ("win.material-facts", "Material facts"),
           ("win.own-literature", "Own reported values"), ("win.export-page", "Export the figure"),
           ("win.show-help-overlay", "Keyboard shortcuts"), ("app.preferences", "Preferences"),
           ("app.help", "Help"))
ROWS = 4  # of a list or table that are looked at: the others are made the same way


def is_named(name):
    return name.strip() and not name.startswith(("Gtk", "Plateau"))


def has(node, state):
    states = ask(node.get_state_set)
    return states is not None and states.contains(getattr(Atspi.StateType, state))


class Seen:
    """All that is visible below a node, looked at once: each look is a message on the bus."""

    def __init__(self, root):
        self.nodes = []  # (node, role, name, states)
        self.bad = []
        self.visit(root, False)

    def visit(self, node, inside):
        states = ask(node.get_state_set)
        if states is None or not (states.contains(Atspi.StateType.VISIBLE)
                                  or ask(node.get_role_name) == "application"):
            return
        role, name = ask(node.get_role_name), ask(node.get_name) or ""
        self.nodes.append((node, role, name, states))
        focusable = states.contains(Atspi.StateType.FOCUSABLE)
        asked = role in CONTROLS or (focusable and role not in ("scroll pane", "frame", "filler", "panel"))
        # A picture that is part of a control, or says nothing, needs no name.
        if asked and not inside and not is_named(name) and (role != "image" or focusable):
            path = path_to(node)
            if not path.startswith("None"):  # gone meanwhile
                self.bad.append(path)
        count = ask(node.get_child_count) or 0
        if role in ("list", "tree table", "table"):
            count = min(count, ROWS)
        for i in range(count):
            child = ask(lambda: node.get_child_at_index(i))
            if child is not None:
                self.visit(child, inside or role in INSIDE)

    def plots(self):
        return [n for n, role, _, states in self.nodes
                if role == "image" and states.contains(Atspi.StateType.FOCUSABLE)]

    def buttons(self):
        return [(n, name) for n, role, name, _ in self.nodes if role == "push button"]

    def views(self):
        """The switches of the tools row: linked buttons of which one is pressed."""
        groups = {}
        for node, name in self.buttons():
            parent = ask(node.get_parent)
            groups.setdefault(parent, []).append((node, name))
        for parent, buttons in groups.items():
            pressed = [name for node, name in buttons if has(node, "PRESSED")]
            if len(buttons) > 1 and len(pressed) == 1 and ask(parent.get_name) != "Pages":
                return [name for _, name in buttons]
        return []


def frames(window):
    return [window.app.get_child_at_index(i) for i in range(window.app.get_child_count())]


def frame_named(window, title):
    return next((f for f in frames(window) if title in (ask(f.get_name) or "")), None)


def told(plots):
    return all(len(ask(n.get_description) or "") > 20 for n in plots)


def check_page(tap, window, where):
    """Looks until the plots have something to say; returns what was seen."""
    seen = Seen(window.app)
    if not seen.plots() or not told(seen.plots()):
        wait_for(lambda: told(Seen(window.app).plots()), 20, 0.3)
        seen = Seen(window.app)
    for plot in seen.plots():
        text = ask(plot.get_description) or ""
        # Either axes, curves and ranges, or the sentence that says why it is empty.
        good = ask(plot.get_name) and len(text) > 20 and (
            " against " not in text or ("Shown: " in text and "curve" in text))
        if not good:
            tap.check(False, f"{where}: “{ask(plot.get_name)}” says axes, curves and ranges", text)
    tap.check(not seen.bad, f"{where}: every control is named", "\n".join(sorted(set(seen.bad))[:20]))
    return seen


def press(seen, name):
    node = next((n for n, text in seen.buttons() if text == name), None)
    if node is not None and has(node, "SENSITIVE"):
        ask(lambda: node.do_action(0))
        return True
    return False


def find_offer(seen):
    return next((name for _, name in seen.buttons() if name.startswith("Show “")), None)


def check_pages(tap, window):
    for page in PAGES:
        window.action(f"win.page('{page}')")
        # The test of the samples that the page needs, where another is selected.
        offer = wait_for(lambda: find_offer(Seen(window.app)), 1, 0.3)
        if offer:
            press(Seen(window.app), offer)
            wait_for(lambda: not find_offer(Seen(window.app)), 15, 0.3)
        seen = check_page(tap, window, page)
        for name in seen.views()[1:]:
            if press(seen, name):
                seen = check_page(tap, window, f"{page}, {name}")


def check_table(tap, window):
    table = window.find("tree table", "Values of each cycle")
    heads = table.get_child_at_index(0)
    names = [ask(heads.get_child_at_index(i).get_name) for i in range(heads.get_child_count())]
    tap.check("Sample" in names and all(is_named(n) for n in names), "the table has its heads", names)
    rows = table.get_child_at_index(1)
    name = ask(rows.get_child_at_index(0).get_name) or ""
    tap.check("Sample" in name and "Cycle 1" in name.replace("\n", " "), "a row says its values with their heads",
              name)


def check_states(tap, window):
    tab = window.find("push button", "Cycling")
    tap.check(has(tab, "PRESSED") and not has(window.find("push button", "DRT"), "PRESSED"),
              "the tab of the page is pressed, the others are not")
    check = window.find("check box", "Mean")
    tap.check(has(check, "CHECKED"), "a check box tells that it is checked")
    section = window.find("push button", "Analysis")
    tap.check(section and has(section, "EXPANDABLE"), "a section tells that it folds")
    rows = [n for n in window.showing("list item") if has(n, "EXPANDABLE")]
    tap.check(rows and any(has(n, "EXPANDED") for n in rows), "samples tell whether their cells show")
    told = [n.get_description() or "" for n in rows]
    tap.check(any("control" in t and "cells" in t for t in told), "and their role and cells", told)


def check_windows(tap, window):
    for action, title in WINDOWS:
        if action.startswith("win."):
            window.action(action)
        else:
            run("gapplication", "action", APP_ID, action[4:])
        frame = wait_for(lambda: frame_named(window, title), 10)
        if not tap.check(frame, f"{title} opens by its action", [f.get_name() for f in frames(window)]):
            continue
        check_window(tap, window, frame, title)


def check_window(tap, window, frame, title):
    bad = Seen(frame).bad
    tap.check(not bad, f"{title}: every control is named", "\n".join(sorted(set(bad))[:20]))
    tap.check(any(escaped(window, title) for _ in range(5)), f"{title} closes with Escape")


def escaped(window, title):
    """Without a window manager a window that has just come does not always have the keys yet."""
    if frame_named(window, title) is not None:
        run("xdotool", "windowfocus", window._find_xid())
        run("xdotool", "key", "Escape")
    return wait_for(lambda: frame_named(window, title) is None, 3)


def check_template_dialog(tap, window):
    window.action("win.page('figures')")
    wait_for(lambda: press(Seen(window.app), "From template…"), 10, 0.3)
    frame = wait_for(lambda: next((f for f in frames(window) if "emplate" in (ask(f.get_name) or "")), None), 10)
    if tap.check(frame, "the templates open", [f.get_name() for f in frames(window)]):
        check_window(tap, window, frame, ask(frame.get_name))


MENUS = ("Open", "Export", "Menu")


def check_menus(tap, window):
    run("xdotool", "windowfocus", window.xid)
    for name in MENUS:
        outer = window.find("push button", name)
        if not tap.check(outer, f"there is a menu {name}", [n for _, n in Seen(window.app).buttons()][:20]):
            continue
        ask(lambda: outer.get_child_at_index(0).do_action(0))  # the button within the menu button
        items = wait_for(lambda: [text for _, role, text, _ in Seen(window.app).nodes if role == "menu item"], 5)
        tap.check(items and all(is_named(text) for text in items), f"menu {name}: every item is named", items)
        run("xdotool", "key", "Escape")
        tap.check(wait_for(lambda: not [1 for _, role, _, _ in Seen(window.app).nodes if role == "menu item"], 5),
                  f"menu {name} closes with Escape")


def check_selection(tap, window, focus):
    """The description of a plot follows the point that is walked to."""
    plot = next(n for n in Seen(window.app).plots() if n.get_name() == "Potential against capacity")
    run("xdotool", "windowfocus", window.xid)
    ask(lambda: plot.get_component_iface().grab_focus())
    wait_for(lambda: has(plot, "FOCUSED"), 2)
    if not has(plot, "FOCUSED"):
        focus.press("ctrl+f")
        focus.press_until("Tab", lambda n: ask(n.get_name) == "Potential against capacity", 45)
    focus.press("Page_Down")
    first = wait_for(lambda: "Selected point" in plot.get_description() and plot.get_description(), 5)
    tap.check(first, "the plot says the selected point", plot.get_description())
    focus.press("n")
    tap.check(wait_for(lambda: plot.get_description() != first, 5), "and the next one when it is walked on",
              plot.get_description())


def main():
    tap = Tap()
    window = Window(sys.argv[1], width=1440, height=900)
    focus = Focus()
    try:
        bad = Seen(window.app).bad
        tap.check(not bad, "the first screen names every control", "\n".join(bad))
        window.action("win.open-example")
        tap.check(wait_for(lambda: len(Seen(window.app).plots()) == 2, 60), "the example is open", window.texts()[:40])
        found = check_page(tap, window, "cycling").plots()
        text = found[0].get_description() if found else ""
        for part in ("Potential", "against Specific capacity", "curves", "S-LRMO", "Shown: 0 to"):
            tap.check(part in text, f"a plot says “{part}”", text)
        check_table(tap, window)
        check_states(tap, window)
        check_selection(tap, window, focus)
        check_menus(tap, window)
        check_windows(tap, window)
        window.action("win.send-to-figure")
        check_pages(tap, window)
        check_template_dialog(tap, window)
    finally:
        window.close()
    return tap.end()


sys.exit(main())
