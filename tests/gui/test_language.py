#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window in Chinese and in German: every page, view and dialog without a word of English and without a
clipped label; a file and a sample with Chinese names, their PDF, SVG, PNG and workbook."""

import gettext
import os
import re
import shutil
import sys
import time
import zipfile

import gi

gi.require_version("Gtk", "4.0")
gi.require_version("PangoCairo", "1.0")
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import APP_ID, Atspi, Tap, Window, ask, run, wait_for  # noqa: E402
from gi.repository import Pango, PangoCairo  # noqa: E402
from screens import PAGES, VIEWS, take_other_test  # noqa: E402

NAME = "富锂锰基"
LOCALE_DIR = os.environ["PLATEAU_LOCALE_DIR"]
# Written alike in every language: names of methods, of people, of formats and keys, and what one types.
NAMES = set("""plateau plateau-cli li lrmo licf litc lco lpscl lgps lto ncm geis peis nyquist bode arrhenius warburg gerischer
    kramers kronig savitzky golay lin-kk lean gcv mgcv rgcv lcurve okabe tol hilbert welch randles randles–ševčík boukamp
    intercept delete home menu ctrl shift alt space page down pdf svg png tiff csv xlsx json excel fig""".split())


class Language:
    """What a language has for each string, and which words give English away."""

    def __init__(self, code):
        self.code = code
        catalogue = gettext.translation("plateau", LOCALE_DIR, [code])
        self.tr = catalogue.gettext
        self.english, own = set(), set()
        for key, text in catalogue._catalog.items():
            source = key[0] if isinstance(key, tuple) else key
            if source and source != text:
                self.english |= self.words(source)
            own |= self.words(text)
        self.english -= own | NAMES

    @staticmethod
    def words(text):
        text = re.sub(r"%[-\d.*$]*[lzh]*[a-zA-Z]|<[^>]*>|“[^”]*”|„[^“]*“", " ", text)
        return {word for word in re.findall(r"[a-z][a-z’'-]{2,}", text.lower())}

    def foreign(self, text, data):
        """Words of English in @text, names of the project's own things apart."""
        text = OF_FILES.sub(" ", text)
        for name in data:
            text = re.sub(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", " ", text)
        return self.words(text) & self.english


# What the example is made of, and what its files say themselves.
DATA = sorted(("(simulated)", "LRMO and LCO in all-solid-state cells", "Potentio Electrochemical Impedance Spectroscopy",
               "EIS first cycle", "GEIS first cycle", "symmetric cells", "Li symmetric", "S-LRMO symmetric", "composite pellet", "pellet", "rate", "Spectrum"), key=len, reverse=True)
OF_FILES = re.compile(r"[A-Z]\w*\|\w+(, temperature)?|\S+\.(csv|mpt|txt)\b")


def seen_texts(window, node, rows):
    """Texts that people read or hear, once each, with the node they are of; the rows of samples only if asked for."""
    seen = {}
    states = ask(node.get_state_set)
    if states is None or (node is not window.app and not states.contains(Atspi.StateType.VISIBLE)):
        return seen
    role, name = ask(node.get_role_name) or "", ask(node.get_name) or ""
    for text in (name, ask(node.get_description)):
        if text and role not in ("list item", "table cell", "tree item", "text"):
            seen.setdefault(text, (role, node))
    if role == "tree table" or (not rows and role in ("list", "list box") and (ask(node.get_child_count) or 0) > 20):
        return seen
    for i in range(ask(node.get_child_count) or 0):
        child = ask(lambda: node.get_child_at_index(i))
        if child is not None:
            for text, found in seen_texts(window, child, rows).items():
                seen.setdefault(text, found)
    return seen


def check_texts(tap, window, language, where, rows=False):
    texts = seen_texts(window, window.app, rows)
    wrong = {text: found for text in texts if (found := language.foreign(text, DATA))}
    tap.check(len(texts) > 8 and not wrong, f"{language.code}, {where}: no English in {len(texts)} texts",
              "\n".join(f"{words}: {text[:110]}" for text, words in sorted(wrong.items())))
    clipped = [text for text, (role, node) in texts.items()
               if role == "label" and not any(name in text for name in DATA) and is_clipped(node, text)]
    tap.check(not clipped, f"{language.code}, {where}: no label is clipped", "\n".join(clipped))


def is_clipped(node, text):
    """A label of one line that is narrower than its text in the smallest size that the window uses. Marks and counts have
    the words that they stand for as their names: what is shown counts."""
    box = ask(lambda: node.get_extents(Atspi.CoordType.WINDOW))
    if box is None or box.width <= 0 or box.height <= 0 or box.height > 24 or "\n" in text:
        return False
    shown = ask(lambda: Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))) or text
    layout = PangoCairo.FontMap.get_default().create_context()
    layout = Pango.Layout.new(layout)
    layout.set_font_description(Pango.FontDescription("Sans 8"))
    layout.set_text(shown, -1)
    return layout.get_pixel_size()[0] > box.width + 2


def button(window, name):
    return next((node for node in window.showing() if ask(node.get_name) == name
                 and "button" in (ask(node.get_role_name) or "")), None)


def pages(tap, program, language):
    window = Window(program, width=1440, height=900,
                    environment={"LANGUAGE": language.code, "PLATEAU_LOCALE_DIR": LOCALE_DIR})
    try:
        wait_for(lambda: window.find(part=language.tr("Open the example")), 10)
        check_texts(tap, window, language, "first screen")
        window.action("win.open-example")
        wait_for(lambda: any(language.tr("Cycle number") in (node.get_description() or "")
                             for node in window.showing("image")), 40)
        for page in PAGES:
            window.action(f"win.page('{page}')")
            time.sleep(1)
            take_other_test(window, language.tr)
            check_texts(tap, window, language, page, rows=page == PAGES[0])
            for view in VIEWS.get(page, ()) if language.code == "zh_CN" or page in ("cycling", "drt") else ():
                node = wait_for(lambda: button(window, language.tr(view)), 5)
                if tap.check(node is not None, f"{language.code}, {page}: there is the view “{language.tr(view)}”"):
                    node.do_action(0)
                    time.sleep(0.8)
                    check_texts(tap, window, language, f"{page}, {view}")
        for action, title in (("win.cell-table", "Cell table"), ("win.material-facts", "Material facts"),
                              ("win.own-literature", "Own reported values")):
            window.action(action)
            time.sleep(1)
            check_texts(tap, window, language, title)
            run("xdotool", "key", "Escape")
        for action in ("preferences", "help", "about"):
            run("gapplication", "action", APP_ID, action)
            time.sleep(1)
            check_texts(tap, window, language, action)
    finally:
        window.close()


def record(example):
    """One simulated record of the example, under a Chinese name."""
    folder = os.path.join(os.path.dirname(example), "records")
    name = sorted(n for n in os.listdir(folder) if "_0.2C_1" in n and n.endswith(".csv"))[0]
    return os.path.join(folder, name)


def files(tap, program, language):
    window = Window(program, width=1440, height=900,
                    environment={"LANGUAGE": language.code, "PLATEAU_LOCALE_DIR": LOCALE_DIR})
    try:
        file = os.path.join(window.folder, f"{NAME}-1号.csv")
        shutil.copy(record(os.environ["PLATEAU_EXAMPLE"]), file)
        run(program, file)  # opens in the running window
        tap.check(wait_for(lambda: any(NAME in text for text in window.texts()), 40),
                  "the file's cell has its Chinese name", window.texts())
        wait_for(lambda: any(NAME in (node.get_description() or "") for node in window.showing("image")), 30)
        written = {}
        for suffix in ("pdf", "svg", "png", "xlsx"):
            written[suffix] = os.path.join(window.folder, f"{NAME}.{suffix}")
            window.action(f"win.export-page-to('{written[suffix]}')")
            tap.check(wait_for(lambda: os.path.exists(written[suffix]), 60), f"a {suffix} under a Chinese name is written")
        text = run("pdftotext", written["pdf"], "-")
        for word in (NAME, language.tr("Cycle number"), language.tr("Capacity"), language.tr("Potential")):
            tap.check(word in text, f"“{word}” is text in the PDF", text)
        fonts = run("pdffonts", written["pdf"]).splitlines()[2:]
        tap.check(fonts and all("yes" in line.split()[-5] for line in fonts), "its fonts are embedded", "\n".join(fonts))
        with open(written["svg"], encoding="utf-8") as drawing:
            svg = drawing.read()
        tap.check(NAME in svg and language.tr("Cycle number") in svg, "the SVG has both as text", svg[:800])
        with zipfile.ZipFile(written["xlsx"]) as archive:
            names = archive.namelist()
            words = "".join(archive.read(n).decode() for n in names if n.endswith(".xml"))
            sheets = re.findall(r'<sheet name="([^"]*)"', archive.read("xl/workbook.xml").decode())
        tap.check(NAME in words, "the workbook has the Chinese name")
        tap.check(any(NAME in sheet for sheet in sheets) and not any(language.foreign(sheet, DATA) for sheet in sheets),
                  "its sheets are named in Chinese", sheets)
        numbers = [part.split("</v>")[0] for part in words.split("<v>")[1:]]
        tap.check(numbers and not any("," in number for number in numbers), "its numbers have a point")
        picture = os.environ.get("PLATEAU_LANGUAGE_PICTURE")
        if picture:
            window.screenshot(picture)
    finally:
        window.close()


def main():
    tap = Tap()
    chinese = Language("zh_CN")
    tap.check(len(chinese.english) > 800, f"{len(chinese.english)} words give English away")
    pages(tap, sys.argv[1], chinese)
    files(tap, sys.argv[1], chinese)
    pages(tap, sys.argv[1], Language("de"))
    return tap.end()


sys.exit(main())
