#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Long work: its progress in the status bar, stopped by pointer and by key, with nothing left of it; logging out is
held off while files are read, exported or the project is saved; the window is closed, and a project opened, while
something runs."""

import os
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Tap, Window, ask, run, wait_for  # noqa: E402

N_FILES, N_ROWS = 120, 100001  # long enough to be seen


def record(folder, name, n=N_ROWS):
    path = os.path.join(folder, f"{name}_0.2C.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Test Time / s,Voltage / V,Current / A\n")
        half = n // 2
        file.write("".join(f"{10 * i},{3 + (i if i <= half else n - i) / half + (i * 7919 % 101) / 1e6:.6f},"
                           f"{0.001 if i <= half else -0.001}\n" for i in range(n)))
    return path


def study(parent, n_files, n_rows):
    folder = tempfile.mkdtemp(dir=parent)
    first = record(folder, "S-0", n_rows)
    for i in range(1, n_files):
        os.link(first, os.path.join(folder, f"S-{i}_0.2C.csv"))
    return folder


def said(log, what):
    with open(log, encoding="utf-8") as lines:
        return len([line for line in lines if line.startswith(what)])


def says(window, part, seconds=30):
    return wait_for(lambda: window.find(part=part), seconds, 0.05)


def cells(window):
    return [t for t in window.texts() if t.startswith("S-")]


def stop_button(window):
    return next((n for n in window.showing("push button") if (ask(n.get_name) or "").startswith(("Cancel", "Stop"))), None)


def check_stopped(tap, program, folder, small, log):
    window = Window(program, width=1100, height=760)
    try:
        before = said(log, "Inhibit ")
        run(program, folder)
        tap.check(says(window, "Reading "), "what is read is in the status bar", window.texts()[-15:])
        tap.check(says(window, f"of {N_FILES}"), "with its progress", window.texts()[-15:])
        tap.check(wait_for(lambda: said(log, "Inhibit ") > before, 5), "logging out is held off meanwhile")
        button = stop_button(window)
        tap.check(button and button.do_action(0), "a button beside it stops it", window.texts()[-15:])
        tap.check(wait_for(lambda: not window.find(part=f"of {N_FILES}"), 10) and not cells(window), "and nothing of it is in the project",
                  cells(window)[:5])
        run(program, folder)
        says(window, f"of {N_FILES}")
        run("xdotool", "windowfocus", window.xid)
        run("xdotool", "key", "shift+Escape")
        tap.check(wait_for(lambda: not window.find(part=f"of {N_FILES}"), 10) and not cells(window), "a key stops it too", cells(window)[:5])
        tap.check(wait_for(lambda: said(log, "Uninhibit") >= said(log, "Inhibit "), 10), "and logging out is free again")
        run(program, small)
        tap.check(wait_for(lambda: len(cells(window)) > 5, 90), "read again, the cells are there", window.texts()[-15:])
    finally:
        window.close()


def check_export(tap, program, log):
    window = Window(program, width=1100, height=760)
    try:
        window.action("win.open-example")
        says(window, "simulated example")
        time.sleep(1)
        wait_for(lambda: said(log, "Uninhibit") >= said(log, "Inhibit "), 20)
        before = said(log, "Inhibit ")
        book = os.path.join(window.folder, "book.xlsx")
        window.action(f"win.export-page-to('{book}')")
        tap.check(wait_for(lambda: said(log, "Inhibit ") > before, 10), "logging out is held off while a workbook is written")
        tap.check(wait_for(lambda: os.path.exists(book), 120), "which is written", window.texts()[-15:])
        wait_for(lambda: said(log, "Uninhibit") >= said(log, "Inhibit "), 20)
        before = said(log, "Inhibit ")
        window.action("win.save-to('" + os.path.join(window.folder, "copy.plateau") + "')")
        tap.check(wait_for(lambda: said(log, "Inhibit ") > before, 10), "and while the project is saved")
        says(window, "Saved to")
        window.action(f"win.export-page-to('{book}2.xlsx')")
        window.action("window.close")
        tap.check(wait_for(lambda: window.process.poll() == 0, 30), "the window closes while a workbook is written", window.process.poll())
        left = [name for name in os.listdir(window.folder) if name.startswith((".plateau", ".copy", ".book")) or "book.xlsx2" in name
                and not name.endswith(".xlsx")]
        tap.check(not left, "and nothing half written is left", left)
    finally:
        window.close()


def check_opened_meanwhile(tap, program, folder):
    """A project is opened in the window that files are being read into: neither is lost."""
    few = study(folder, 20, N_ROWS)
    window = Window(program, width=1100, height=760)
    try:
        project = os.path.join(window.folder, "other.plateau")
        run(program, record(window.folder, "A-1", 121))
        says(window, "A-1")
        window.action(f"win.save-to('{project}')")
        says(window, "Saved to")
        window.process.terminate()
        window.process.wait()
        keep = os.path.join(os.path.dirname(folder), "other.plateau")
        shutil.copy(project, keep)
        window.close()
        time.sleep(0.5)
        window = Window(program, width=1100, height=760)
        run(program, few)
        says(window, "Reading ")
        window.action(f"win.open-path('{os.path.realpath(keep)}')")
        tap.check(says(window, "A-1", 60), "the project is open at once", window.texts()[-15:])
        tap.check(wait_for(lambda: len(cells(window)) > 5, 90), "and the files are read into the other window", window.texts()[-15:])
        run(program, folder)
        window.action("app.quit")
        tap.check(wait_for(lambda: window.process.poll() is not None, 20), "the program ends while files are read")
    finally:
        window.close()


def main():
    program = sys.argv[1]
    tap = Tap()
    folder = tempfile.mkdtemp(prefix="plateau-jobs-")
    log = os.path.join(folder, "desktop.log")
    open(log, "w", encoding="utf-8").close()
    desktop = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "desktop.py"), log])
    try:
        wait_for(lambda: said(log, "ready") == 2, 10)
        time.sleep(0.5)
        files = study(folder, N_FILES, N_ROWS)
        check_stopped(tap, program, files, study(folder, 20, 121), log)
        check_export(tap, program, log)
        check_opened_meanwhile(tap, program, files)
    finally:
        desktop.terminate()
        shutil.rmtree(folder, ignore_errors=True)
    return tap.end()


sys.exit(main())
