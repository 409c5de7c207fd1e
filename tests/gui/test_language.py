#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window in Chinese: its words, a file and a sample with Chinese names, their PDF and workbook."""

import gettext
import os
import shutil
import sys
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Tap, Window, run, wait_for  # noqa: E402

NAME = "富锂锰基"


def record(example):
    """One simulated record of the example, under a Chinese name."""
    folder = os.path.join(os.path.dirname(example), "records")
    name = sorted(n for n in os.listdir(folder) if "_0.2C_1" in n and n.endswith(".csv"))[0]
    return os.path.join(folder, name)


def main():
    tap = Tap()
    locale_dir = os.environ["PLATEAU_LOCALE_DIR"]
    chinese = gettext.translation("plateau", locale_dir, ["zh_CN"]).gettext
    window = None
    folder = None
    try:
        window = Window(sys.argv[1], width=1440, height=900,
                        environment={"LANGUAGE": "zh_CN", "PLATEAU_LOCALE_DIR": locale_dir})
        folder = window.folder
        for text in ("Open the example", "Choose files…", "Add data"):
            tap.check(chinese(text) != text and wait_for(lambda: window.find(part=chinese(text)), 10),
                      f"“{text}” is Chinese", window.texts())
        file = os.path.join(folder, f"{NAME}-1号.csv")
        shutil.copy(record(os.environ["PLATEAU_EXAMPLE"]), file)
        run(sys.argv[1], file)  # opens in the running window
        tap.check(wait_for(lambda: any(NAME in text for text in window.texts()), 40),
                  "the file's cell has its Chinese name", window.texts())
        for text in ("Cycling", "Impedance", "Compare", "Figures"):
            tap.check(window.find(part=chinese(text)), f"the tab “{text}” is Chinese", window.texts())
        wait_for(lambda: any(NAME in (node.get_description() or "") for node in window.showing("image")), 30)
        pdf, book = os.path.join(folder, f"{NAME}.pdf"), os.path.join(folder, f"{NAME}.xlsx")
        window.action(f"win.export-page-to('{pdf}')")
        tap.check(wait_for(lambda: os.path.exists(pdf), 30), "a PDF under a Chinese name is written")
        text = run("pdftotext", pdf, "-")
        tap.check(NAME in text, "its labels have the Chinese name as text", text)
        window.action(f"win.export-page-to('{book}')")
        tap.check(wait_for(lambda: os.path.exists(book), 60), "a workbook under a Chinese name is written")
        with zipfile.ZipFile(book) as archive:
            names = archive.namelist()
            words = "".join(archive.read(n).decode() for n in names if n.endswith(".xml"))
        tap.check(NAME in words, "the workbook has the Chinese name")
        tap.check("," not in "".join(part.split("</v>")[0] for part in words.split("<v>")[1:40]),
                  "its numbers have a point")
        picture = os.environ.get("PLATEAU_LANGUAGE_PICTURE")
        if picture:
            window.screenshot(picture)
    finally:
        if window:
            window.close()
    return tap.end()


sys.exit(main())
