#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Preferences hold at once for plots, tables, entries and what is written, and can all be reset."""

import os
import sys
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import APP_ID, Atspi, Tap, Window, ask, run, wait_for  # noqa: E402


def prefer(key, value):
    run("gapplication", "action", APP_ID, key, f"'{value}'")


def plots_say(window, text):
    return any(text in (ask(node.get_description) or "") for node in window.showing("image"))


def written(window, name, wait=60):
    path = os.path.join(window.folder, name)
    window.action(f"win.export-page-to('{path}')")
    return path if wait_for(lambda: os.path.exists(path) and os.path.getsize(path) > 0, wait) else None


def written_archive(window, name, wait=60):
    path = os.path.join(window.folder, name)
    window.action(f"win.export-archive-to('{path}')")
    return path if wait_for(lambda: os.path.exists(path) and os.path.getsize(path) > 0, wait) else None


def main():
    tap = Tap()
    window = Window(sys.argv[1], width=1440, height=900)
    try:
        window.action("win.open-example")
        tap.check(wait_for(lambda: plots_say(window, "mAh g"), 60), "capacities are in mAh/g at first",
                  window.texts()[:40])
        prefer("specific-unit", "per-kilogram")
        tap.check(wait_for(lambda: plots_say(window, "Ah kg") and not plots_say(window, "mAh g"), 20),
                  "plots change to Ah/kg at once",
                  [ask(n.get_description) for n in window.showing("image")])
        tap.check(wait_for(lambda: window.find(part="A kg⁻¹"), 10), "so do entries", window.texts()[:80])
        prefer("temperature-unit", "kelvin")
        tap.check(wait_for(lambda: window.find(name="K") and not window.find(name="°C"), 10),
                  "the cell's temperature is in K", window.texts()[:80])
        prefer("title-form", "parentheses")
        prefer("figure-font", "DejaVu Serif")
        wait_for(lambda: plots_say(window, "(Ah kg"), 10)
        pdf = written(window, "page.pdf")
        text = run("pdftotext", pdf, "-") if pdf else ""
        tap.check("Specific capacity (Ah kg" in text, "a PDF has unit and form of its axis titles", text)
        fonts = run("pdffonts", pdf) if pdf else ""
        tap.check("DejaVuSerif" in fonts, "and its font", fonts)
        svg = written(window, "page.svg")
        before = open(svg, encoding="utf-8").read().lower() if svg else ""
        prefer("colours", "tol-vibrant")
        after = ""
        for _ in range(20):  # until the figure is bound anew
            svg = written(window, "again.svg")
            after = open(svg, encoding="utf-8").read().lower() if svg else ""
            if after != before:
                break
        tap.check("#cc3311" in after and "#cc3311" not in before, "samples take the colours chosen", after[:400])
        book = written(window, "book.xlsx", 120)
        words = ""
        if book:
            with zipfile.ZipFile(book) as archive:
                words = "".join(archive.read(n).decode() for n in archive.namelist()
                                if n.endswith(".xml") and "sheet" not in n.split("/")[-1])
                words += archive.read("xl/sharedStrings.xml").decode()
        tap.check("Ah kg⁻¹" in words and "mAh g⁻¹" not in words, "the workbook's heads are in Ah/kg")
        archive = written_archive(window, "figure.zip")
        inside = ""
        if archive:
            with zipfile.ZipFile(archive) as members:
                inside = members.read("data/panel-01.csv").decode() + members.read("settings.json").decode()
        tap.check("Ah kg" in inside and "mAh g" not in inside and '"per_kg" : true' in inside,
                  "an archive is in Ah/kg and says so", inside[:600])
        table = written(window, "page.csv")
        text = open(table, encoding="utf-8").read() if table else ""
        tap.check("Ah kg" in text and "mAh g" not in text, "the page's data are in Ah/kg", text[:400])
        run("gapplication", "action", APP_ID, "preferences")
        one = wait_for(lambda: window.find("push button", "Reset: Temperature"), 10)
        if one:
            box = one.get_extents(Atspi.CoordType.WINDOW)
            run("xdotool", "mousemove", str(box.x + box.width // 2), str(box.y + box.height // 2), "click", "1")
        tap.check(one and wait_for(lambda: not one.get_state_set().contains(Atspi.StateType.SENSITIVE), 10),
                  "each setting has its reset", window.texts()[-40:])
        tap.check(wait_for(lambda: plots_say(window, "Ah kg"), 10), "which leaves the others")
        reset = wait_for(lambda: window.find("push button", "Reset everything"), 10)
        tap.check(reset and reset.do_action(0), "the preferences offer a reset", window.texts()[-30:])
        tap.check(wait_for(lambda: plots_say(window, "mAh g"), 20), "and after it all is as at first")
    finally:
        window.close()
    return tap.end()


sys.exit(main())
