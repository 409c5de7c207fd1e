#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Figures page: what is selected is edited, each step has its name and is taken back; an
archive opens again with the same figure."""

import os
import sys
import tempfile
import time
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Atspi, Tap, Window, ask, run, wait_for  # noqa: E402


def click(node):
    box = node.get_extents(Atspi.CoordType.WINDOW)
    run("xdotool", "mousemove", str(box.x + box.width // 2), str(box.y + box.height // 2),
        "click", "1")


def add_text(window):
    click(wait_for(lambda: window.find(name="Add")))
    time.sleep(1)
    run("xdotool", "key", "Down", "Up", "Return")


def undo_is(window, step):
    return wait_for(lambda: window.find(part=f"Undo: {step} ("), 10)


def main():
    tap = Tap()
    window = Window(sys.argv[1], width=1440, height=900)
    folder = tempfile.mkdtemp(prefix="plateau-figures-")
    archive = os.path.join(folder, "figure.zip")
    try:
        window.action("win.open-example")
        wait_for(lambda: window.find(part="S-LRMO"))
        window.action("win.page('cycling')")
        time.sleep(3)
        window.action("win.send-to-figure")
        window.action("win.page('figures')")
        tap.check(wait_for(lambda: window.find(name="Figure 1")), "the plots are a figure",
                  window.texts())
        time.sleep(2)
        add_text(window)
        tap.check(undo_is(window, "Add annotation"), "an annotation is added by name",
                  window.texts())
        tap.check(wait_for(lambda: window.find(part="Annotation")), "and is edited at once",
                  window.texts())
        window.action("win.undo")
        tap.check(wait_for(lambda: not window.find(part="Undo: Add annotation")),
                  "it is taken back", window.texts())
        window.action(f"win.export-archive-to('{archive}')")
        tap.check(wait_for(lambda: os.path.exists(archive), 60), "the archive is written")
        names = zipfile.ZipFile(archive).namelist() if os.path.exists(archive) else []
        tap.check({"figure.pdf", "figure.svg", "settings.json", "project.plateau",
                   "data/panel-01.csv"} <= set(names), "with picture, data, settings, project",
                  names)
        window.action("win.export-archive-to('/nonexistent/figure.zip')")
        tap.check(wait_for(lambda: window.find(part="/nonexistent does not exist"), 60),
                  "a folder that is not there is told", window.texts())
    finally:
        window.close()
    if os.path.exists(archive):
        window = Window(sys.argv[1], files=[archive], width=1440, height=900)
        try:
            wait_for(lambda: window.find(part="S-LRMO"))
            window.action("win.page('figures')")
            tap.check(wait_for(lambda: window.find(name="Figure 1")),
                      "opened from the command line it has the figure", window.texts())
        finally:
            window.close()
    return tap.end()


sys.exit(main())
