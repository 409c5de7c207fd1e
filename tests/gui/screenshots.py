#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the README's pictures of the real window: on the example project (simulated data), and on two
measured files where there are any."""

import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import APP_ID, Window, drag, release, run, wait_for  # noqa: E402


def has_plots(window, tr=str):
    return any(tr("Cycle number") in (node.get_description() or "") for node in window.showing("image"))


def open_example(program, width=1440, height=900, environment=None):
    window = Window(program, width=width, height=height, environment=environment)
    window.action("win.open-example")
    wait_for(lambda: has_plots(window), 40)
    time.sleep(1.5)
    return window


def picture(window, folder, name):
    time.sleep(0.4)
    window.screenshot(os.path.join(folder, name + ".png"))
    print(name, flush=True)


def hold_files(window, source_program, files):
    source = subprocess.Popen([source_program, *files],
                              env=dict(os.environ, GDK_BACKEND="x11", GSK_RENDERER="cairo"))
    xid = wait_for(lambda: subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "^file-source$"],
        capture_output=True, text=True).stdout.split())[-1]
    run("xdotool", "windowmove", xid, "1280", "820")
    time.sleep(0.5)
    drag(1340, 850, 620, 420)
    return source


def wide_screens(program, source_program, folder):
    window = Window(program, width=1440, height=900)
    wait_for(lambda: window.find("push button", "Open the example"))
    time.sleep(1)
    picture(window, folder, "first")
    window.action("win.open-example")
    wait_for(lambda: has_plots(window), 40)
    time.sleep(1.5)
    picture(window, folder, "cycling")
    run("xdotool", "mousemove", "560", "300")
    time.sleep(0.3)
    run("xdotool", "mousemove", "565", "300")
    time.sleep(1)
    picture(window, folder, "cycling-hover")
    run("xdotool", "mousemove", "1430", "10")
    fake = [os.path.join(window.folder, name)
            for name in ("S-LRMO-4_0.2C.ndax", "S-LRMO-5_0.2C.ndax", "cell_11.mpr")]
    for path in fake:
        with open(path, "wb") as file:
            file.write(b"not a measurement")
    source = hold_files(window, source_program, fake)
    picture(window, folder, "drop")
    release()
    source.terminate()
    source.wait()
    wait_for(lambda: window.find(part="error"), 10)
    time.sleep(1)
    picture(window, folder, "messages")
    window.action("win.show-messages")
    for page in sys.argv[4:]:
        window.action(f"win.page('{page}')")
        time.sleep(6)
        picture(window, folder, page)
    window.close()


def other_screens(program, folder):
    window = open_example(program, 1024, 700)
    picture(window, folder, "narrow")
    window.close()
    window = open_example(program)
    run("gapplication", "action", APP_ID, "color-scheme", "'dark'")
    time.sleep(1)
    picture(window, folder, "cycling-dark")
    window.action("win.cell-table")
    time.sleep(2)
    picture(window, folder, "cell-table-dark")
    window.close()
    window = open_example(program, environment={"GTK_THEME": "Default-hc"})
    picture(window, folder, "high-contrast")
    for action in ("preferences", "help"):
        run("gapplication", "action", APP_ID, action)
        time.sleep(1.5)
        picture(window, folder, action)
    window.close()
    window = Window(program, width=1440, height=900, environment={"GDK_SCALE": "2"})
    window.action("win.open-example")
    wait_for(lambda: has_plots(window), 40)
    time.sleep(1)
    picture(window, folder, "scale-200")
    window.close()


MEASURED = ["neware-csv/neware_uio.csv", "arbin-res/20160805_test001_45_cc_01.res"]


def measured_screen(program, folder):
    shared = os.environ.get("PLATEAU_SHARED", "")
    files = [os.path.join(shared, "data", "cycling", name) for name in MEASURED]
    if not all(os.path.exists(file) for file in files):
        print("SKIP: no measured files here (PLATEAU_SHARED)", file=sys.stderr)
        return
    window = Window(program, files, width=1440, height=900)
    wait_for(lambda: has_plots(window), 40)
    time.sleep(1.5)
    picture(window, folder, "measured")
    window.close()


def main():
    program, source_program, folder = sys.argv[1:4]
    os.makedirs(folder, exist_ok=True)
    wide_screens(program, source_program, folder)
    other_screens(program, folder)
    measured_screen(program, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
