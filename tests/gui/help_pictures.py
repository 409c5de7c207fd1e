#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the pictures of the help window out of the program itself, on the example project (simulated data):
help_pictures.py PROGRAM FILE-SOURCE FOLDER"""

import os
import sys
import time

import gi

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf  # noqa: E402

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Atspi, Window, ask, release, run, wait_for  # noqa: E402
from screenshots import has_plots, hold_files  # noqa: E402

WIDTH, HEIGHT = 1240, 760


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


def main():
    program, source_program, folder = sys.argv[1:4]
    os.makedirs(folder, exist_ok=True)
    window = Window(program, width=WIDTH, height=HEIGHT)
    try:
        window.action("win.open-example")
        wait_for(lambda: has_plots(window), 40)
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
        crop(window, folder, "files", 320, 230, 560, 330)
        run("xdotool", "key", "Escape")
        release()
        source.terminate()
        source.wait()
        window.action("win.undo")
        if window.find(part="error"):
            window.action("win.show-messages")
        window.action("win.send-to-figure")
        window.action("win.page('figures')")
        time.sleep(4)
        crop(window, folder, "figures", 248, 84, 640, 330)
        window.action("win.page('compare')")
        table = wait_for(lambda: next(window.showing("tree table"), None), 20)
        time.sleep(4)
        x, y, width, height = box(table)
        crop(window, folder, "compare", x, y - 44, min(width, 640), height + 118)
        window.action("win.page('drt')")
        offer = wait_for(lambda: window.find("push button", part="Show “"), 20)
        if offer:
            offer.do_action(0)
        time.sleep(8)
        crop(window, folder, "drt", 248, 130, 640, 440)
    finally:
        window.close()


if __name__ == "__main__":
    main()
