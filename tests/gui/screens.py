#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every screen of the program in light, dark, Chinese, at 200 %, at 1024 x 700 and with high contrast, to be
looked at: screens.py PROGRAM FILE-SOURCE FOLDER [VARIANT...]"""

import gettext
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import APP_ID, Window, run, wait_for  # noqa: E402
from screenshots import has_plots, picture  # noqa: E402

# views of a page behind its first one, by what their buttons are called
VIEWS = {
    "cycling": ("Cycles", "V–t"),
    "gitt": ("Overpotential", "Resistance of the first step", "Diffusion relative to the pristine sample",
             "Potential and current against time"),
    "cv": ("Peak currents against the scan rate, and what of the current grows with it",
           "Randles–Ševčík plot, and the surface-controlled share at each scan rate",
           "Current at constant potential, with its end value and decay",
           "Polarisation at several potentials: steady currents and the electronic conductivity",
           "Relaxation of the potential without current"),
    "impedance": ("Series", "Y and C", "Validity", "Circuit"),
    "drt": ("Curves", "Symmetric", "λ", "Hilbert"),
    "conductivity": ("The quantity at 25 °C and its activation energy against the samples' variable",),
}
PAGES = ("cycling", "dqdv", "rate", "gitt", "cv", "impedance", "drt", "conductivity", "compare", "figures")
# name -> width, height (of the window, in its own units), environment, colour scheme
VARIANTS = {
    "light": (1440, 900, {}, "light"),
    "dark": (1440, 900, {}, "dark"),
    "zh_CN": (1440, 900, {"LANGUAGE": "zh_CN", "LC_ALL": "C.UTF-8"}, "light"),
    "de": (1440, 900, {"LANGUAGE": "de", "LC_ALL": "C.UTF-8"}, "light"),
    "zh_CN-1024x700": (1024, 700, {"LANGUAGE": "zh_CN", "LC_ALL": "C.UTF-8"}, "light"),
    "scale-200": (1024, 700, {"GDK_SCALE": "2"}, "light"),
    "1024x700": (1024, 700, {}, "light"),
    "contrast": (1440, 900, {"GTK_THEME": "Default-hc"}, "light"),
}


def translator(environment):
    if "LANGUAGE" not in environment:
        return str
    return gettext.translation("plateau", os.environ["PLATEAU_LOCALE_DIR"], [environment["LANGUAGE"]]).gettext


def take_other_test(window, tr):
    """The other test of the samples, where the page needs one."""
    beginning = tr("Show “%s”").partition("%s")[0]
    offer = next((n for n in window.showing("push button") if (n.get_name() or "").startswith(beginning)), None)
    if offer:
        offer.do_action(0)
        time.sleep(2)


def send_a_figure(window, tr):
    """One figure of two panels, and one from a template."""
    window.action("win.page('cycling')")
    time.sleep(2)
    take_other_test(window, tr)
    for node in window.showing():
        if node.get_name() == "V–Q" and "button" in node.get_role_name():
            node.do_action(0)
            break
    wait_for(lambda: has_plots(window, tr), 20)
    window.action("win.send-to-figure")
    wait_for(lambda: window.find(part=tr("Show")), 10)
    window.action("win.page('figures')")
    time.sleep(3)


def screens(program, folder, name):
    width, height, environment, scheme = VARIANTS[name]
    scale = int(environment.get("GDK_SCALE", "1"))
    tr = translator(environment)
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
            take_other_test(window, tr)
            if page == "figures":
                send_a_figure(window, tr)
            time.sleep(3)
            picture(window, folder, f"{name}-{page}")
            for view in VIEWS.get(page, ()):
                button = next((n for n in window.showing() if (n.get_name() or "") == tr(view)
                               and "button" in n.get_role_name()), None)
                if button is None:
                    print(f"{name}-{page}: no view “{tr(view)}”", file=sys.stderr)
                    continue
                button.do_action(0)
                time.sleep(2.5)
                picture(window, folder, f"{name}-{page}-{VIEWS[page].index(view) + 1}")
        for words in ("From template…", "Export…"):
            button = window.find("push button", tr(words))
            if button is None:
                print(f"{name}-figures: no “{tr(words)}”", file=sys.stderr)
                continue
            button.do_action(0)
            time.sleep(2)
            picture(window, folder, f"{name}-figures-{words.split()[0].strip('…').lower()}")
            run("xdotool", "key", "Escape")
            time.sleep(0.5)
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


if __name__ == "__main__":
    main()
