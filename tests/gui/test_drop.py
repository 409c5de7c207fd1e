#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drops two files on the window with the pointer, finds both curves, and reads back what is exported."""

import os
import re
import subprocess
import sys
import time
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Tap, Window, ask, drag, real_files, release, run, wait_for  # noqa: E402


def plots(window):
    return [node.get_description() or "" for node in window.showing("image")
            if node.get_description()]


def drop_files(source_program, files):
    source = subprocess.Popen([source_program, *files],
                              env=dict(os.environ, GDK_BACKEND="x11", GSK_RENDERER="cairo"))
    xid = wait_for(lambda: subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "^file-source$"],
        capture_output=True, text=True).stdout.split())[-1]
    run("xdotool", "windowmove", xid, "1150", "400")
    time.sleep(0.5)
    drag(1230, 440, 600, 400)
    return source


def table_rows(window):
    """Rows of the table below the plots: the children of its list, beside the row of heads."""
    table = next(window.showing("tree table"), None)
    parts = [table.get_child_at_index(i) for i in range(ask(table.get_child_count) or 0)] if table else []
    return sum(ask(part.get_child_count) or 0 for part in parts if part and ask(part.get_role_name) == "list")


def read_workbook(path):
    with zipfile.ZipFile(path) as book:
        text = book.read("xl/workbook.xml").decode()
        charts = [name for name in book.namelist() if name.startswith("xl/charts/chart")]
    return re.findall(r'<sheet name="([^"]+)"', text), charts


def main():
    program, source_program, *fallback = sys.argv[1:]
    files = real_files(fallback)
    tap = Tap()
    window = Window(program)
    out = window.folder
    source = None
    try:
        tap.check(window.find("push button", "Open the example"), "the first screen offers the example",
                  window.texts())
        source = drop_files(source_program, files)
        veil = os.path.join(out, "held.png")
        window.screenshot(veil)
        release()
        names = wait_for(lambda: [text for text in plots(window) if text], 30)
        tap.check(names, "a plot appears", window.texts())
        rows = wait_for(lambda: len([1 for node in window.showing("list item")]) >= 2)
        tap.check(rows, "both cells are in the sidebar", window.texts())
        # The heading of their family is an item of the list too.
        cells = {ask(node.get_name) for node in window.showing("list item")} - {"No family"}
        described = wait_for(lambda: [text for text in plots(window)
                                      if all(cell in text for cell in cells)], 20)
        tap.check(described, "a plot has the curves of both cells", (cells, plots(window)))
        tap.check(window.find(part="2 files"), "the status bar counts two files", window.texts())
        tap.check(wait_for(lambda: table_rows(window) > 0, 10), "cells without a mass have numbers in the table",
                  table_rows(window))

        pdf, book = os.path.join(out, "figure.pdf"), os.path.join(out, "cells.xlsx")
        window.action(f"win.export-page-to('{pdf}')")
        tap.check(wait_for(lambda: os.path.exists(pdf), 30), "the figure is exported")
        text = run("pdftotext", pdf, "-")
        tap.check("apacity" in text, "its axis titles are text", text)
        fonts = run("pdffonts", pdf)
        tap.check(re.search(r"yes yes (yes|no)", fonts), "its fonts are embedded", fonts)
        printed = os.path.join(out, "printed.pdf")
        window.action(f"win.print-page-to('{printed}')")
        # It is there before it is whole.
        tap.check(wait_for(lambda: "apacity" in subprocess.run(["pdftotext", printed, "-"], capture_output=True,
                                                               text=True).stdout, 20),
                  "the figure is printed, on a page of its own")
        window.action(f"win.export-page-to('{book}')")
        tap.check(wait_for(lambda: os.path.exists(book), 60), "the workbook is exported")
        sheets, charts = read_workbook(book)
        tap.check(len(sheets) >= 4 and charts, "it has sheets of both cells and charts",
                  (sheets, charts))

        window.action("win.send-to-figure")
        made = wait_for(lambda: window.find(part="Figure 1 is in the project"), 10)
        tap.check(made, "one press makes a figure of the page", window.texts())
        window.action("win.add-to-figure('Figure 1')")
        tap.check(wait_for(lambda: window.find(part="Added to Figure 1"), 10),
                  "and another adds to it", window.texts())
        window.action("win.undo")
        window.action("win.undo")

        window.action("win.undo")
        tap.check(wait_for(lambda: window.find("push button", "Open the example")),
                  "undo takes the files out again", window.texts())
    finally:
        if source:
            source.terminate()
            source.wait()
        window.close()
    return tap.end()


sys.exit(main())
