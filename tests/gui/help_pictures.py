#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the pictures of the help window out of the program itself, on the example project (simulated data):
help_pictures.py PROGRAM FILE-SOURCE FOLDER. In each language, those of others in a folder of its own."""

import os
import subprocess
import sys
import time

import gi

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf  # noqa: E402

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Atspi, Window, ask, release, run, wait_for  # noqa: E402
from screens import translator  # noqa: E402
from screenshots import has_plots, hold_files  # noqa: E402

WIDTH, HEIGHT = 1210, 700


def crop(window, folder, name, x, y, width, height):
    whole = os.path.join(window.folder, "whole.png")
    time.sleep(0.5)
    window.screenshot(whole)
    picture = GdkPixbuf.Pixbuf.new_from_file(whole)
    x, y = max(0, int(x)), max(0, int(y))
    width, height = min(int(width), picture.get_width() - x), min(int(height), picture.get_height() - y)
    picture.new_subpixbuf(x, y, width, height).savev(os.path.join(folder, name + ".png"), "png", ["compression"], ["9"])
    print(name, width, height, flush=True)


def box(node):
    extents = node.get_extents(Atspi.CoordType.WINDOW)
    return extents.x, extents.y, extents.width, extents.height


def page(window, folder, name, offered):
    """The plots of a page, with cells that have what it shows."""
    window.action(f"win.page('{name}')")
    time.sleep(1)
    offer = wait_for(lambda: next((found for part in offered if (found := window.find("push button", part=part))), None),
                     20) if offered else None
    if offer:
        offer.do_action(0)
    time.sleep(6)
    plots = [box(node) for node in window.showing("image") if ask(node.get_description) and node.get_extents(Atspi.CoordType.WINDOW).width > 100]
    plots = [b for b in plots if b[0] < WIDTH - 380]  # not those of the inspector
    left, top = min(b[0] for b in plots), min(b[1] for b in plots) - 36
    right, bottom = max(b[0] + b[2] for b in plots), max(b[1] + b[3] for b in plots)
    crop(window, folder, name, left, top, right - left, min(bottom - top, 400))


def pictures(program, source_program, folder, environment):
    os.makedirs(folder, exist_ok=True)
    tr = translator(environment)
    show = tr("Show “%s”")
    head, middle, _rest = tr("Show “%s” of %s").split("%s")

    def offers(test):
        return show % test, head + test + middle

    window = Window(program, width=WIDTH, height=HEIGHT, environment=environment)
    try:
        window.action("win.open-example")
        wait_for(lambda: has_plots(window, tr), 40)
        time.sleep(2)
        plot = next(n for n in window.showing("image") if n.get_description())
        x, y, width, height = box(plot)
        run("xdotool", "mousemove", str(x + width * 62 // 100), str(y + height * 55 // 100))
        time.sleep(0.3)
        run("xdotool", "mousemove", str(x + width * 62 // 100 + 4), str(y + height * 55 // 100))
        time.sleep(1)
        crop(window, folder, "plots", x - 6, y - 38, width + 12, height + 42)
        run("xdotool", "mousemove", str(WIDTH + 100), "5")
        crop(window, folder, "cells", WIDTH - 312, 46, 302, 440)
        fake = [os.path.join(window.folder, name) for name in ("S-LRMO-4_0.2C.ndax", "S-LRMO-5_0.2C.ndax", "cell_11.mpr")]
        for path in fake:
            with open(path, "wb") as file:
                file.write(b"not a measurement")
        source = hold_files(window, source_program, fake)
        crop(window, folder, "files", 300, 190, 600, 330)
        run("xdotool", "key", "Escape")
        release()
        source.terminate()
        source.wait()
        wait_for(lambda: window.find(part="S-LRMO-4_0.2C.ndax"), 10)
        time.sleep(1)
        shown = wait_for(lambda: next((n for n in window.showing("list") if ask(n.get_name) == tr("Messages")), None), 5)
        if shown:
            x, y, width, height = box(shown)
            crop(window, folder, "messages", x - 6, y - 44, min(width + 12, 640), min(height + 50, 380))
        window.action("win.show-messages")
        window.action("win.undo")
        page(window, folder, "cycling", None)
        page(window, folder, "dqdv", None)
        page(window, folder, "rate", offers("rate"))
        page(window, folder, "gitt", offers("GITT"))
        page(window, folder, "cv", offers("CV"))
        page(window, folder, "impedance", (show.partition("%s")[0],))
        page(window, folder, "drt", (show.partition("%s")[0],))
        window.action("win.page('cycling')")
        offer = wait_for(lambda: window.find("push button", part=show.partition("%s")[0]), 20)
        if offer:
            offer.do_action(0)
            wait_for(lambda: has_plots(window, tr), 20)
        window.action("win.send-to-figure")
        window.action("win.page('figures')")
        time.sleep(4)
        crop(window, folder, "figures", 244, 84, WIDTH - 244 - 292, 360)
        window.action("win.page('compare')")
        table = wait_for(lambda: next(window.showing("tree table"), None), 20)
        time.sleep(4)
        x, y, width, height = box(table)
        crop(window, folder, "compare", x, y - 44, min(width, 672), min(height + 118, 400))
    finally:
        window.close()


def environment_of(language):
    """With the language's own locale where there is one: it chooses the shapes of Chinese characters."""
    if not language:
        return {}
    name = {"de": "de_DE"}.get(language, language) + ".UTF-8"
    there = subprocess.run(["locale", "charmap"], env=dict(os.environ, LC_ALL=name), capture_output=True, text=True)
    if there.stderr or "UTF-8" not in there.stdout:
        print(f"SKIP: there is no locale {name}, characters are those of another", file=sys.stderr)
        return {"LANGUAGE": language}
    return {"LANGUAGE": language, "LC_ALL": name}


def main():
    program, source_program, folder = sys.argv[1:4]
    for language in os.environ.get("PLATEAU_HELP_LANGUAGES", "en de zh_CN").split():
        own = "" if language == "en" else language
        pictures(program, source_program, os.path.join(folder, own), environment_of(own))


if __name__ == "__main__":
    main()
