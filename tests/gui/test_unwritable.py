#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Projects that cannot be written: read-only files and folders, a full disk, a file that goes while it is open. Each
is told in a sentence with its remedy, nothing is lost, and what was not written is written as soon as it can be.
Permissions hold nobody up who is root, so the program runs without that right."""

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Tap, Window, ask, run, wait_for  # noqa: E402

PICTURES = os.environ.get("PLATEAU_PICTURES")


def record(folder, name):
    path = os.path.join(folder, f"{name}_0.2C.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Test Time / s,Voltage / V,Current / A\n")
        for i in range(2001):
            step = i if i <= 1000 else 2000 - i
            file.write(f"{60 * i},{3 + step / 1000 + (i * 7919 % 101) / 1e6:.6f},{0.001 if i <= 1000 else -0.001}\n")
    return path


def cells(path):
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
        return sorted(row[0] for row in base.execute("SELECT json_extract(properties, '$.name') FROM cell"))


def samples(path):
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
        return base.execute("SELECT count(*) FROM sample").fetchone()[0]


def picture(window, name):
    if PICTURES:
        time.sleep(0.7)
        window.screenshot(os.path.join(PICTURES, f"{name}.png"))


def wrapper():
    """What makes permissions count for root too, or None."""
    if os.geteuid() != 0:
        return []
    command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    probe = "f=$(mktemp) && chmod 444 $f && ! (echo x > $f) 2>/dev/null; e=$?; rm -f $f; exit $e"
    good = shutil.which("setpriv") and subprocess.run([*command, "sh", "-c", probe]).returncode == 0
    return command if good else None


class Limited(Window):
    """The window of a program that can be kept from writing files longer than some length."""

    def __init__(self, program, prefix, files=()):
        path = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"plateau-limited-{os.getpid()}.sh")
        with open(path, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\ntrap '' XFSZ\nexec " + " ".join([*prefix, program]) + ' "$@"\n')
        os.chmod(path, 0o755)
        try:
            super().__init__(path, files, width=1000, height=700)
        finally:
            os.remove(path)

    def limit(self, length):
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (length, resource.RLIM_INFINITY))


def button(window, label):
    found = [n for n in window.showing("push button") if (ask(n.get_name) or "") in (label, f"{label} {label}")]
    return found[-1] if found else None


def press(window, label):
    """Nothing is asked while a window may go: GTK 4.8 does not survive it."""
    found = wait_for(lambda: button(window, label), 20)
    pressed = bool(found and found.do_action(0))
    time.sleep(1)
    return pressed


def says(window, part, seconds=20):
    return wait_for(lambda: window.find(part=part), seconds)


def check_read_only(tap, program, prefix):
    window = Limited(program, prefix)
    try:
        path = os.path.join(window.folder, "mine.plateau")
        run(program, record(window.folder, "P-1"))
        says(window, "P-1")
        window.action(f"win.save-to('{path}')")
        wait_for(lambda: os.path.exists(path) and says(window, "Saved to"))
        copy = os.path.join(window.folder, "locked.plateau")
        shutil.copy(path, copy)
        os.chmod(copy, 0o444)
        shelf = os.path.join(window.folder, "shelf")
        os.mkdir(shelf)
        shelved = shutil.copy(path, os.path.join(shelf, "shelved.plateau"))
        os.chmod(shelf, 0o555)
        if prefix is not None:
            window.action(f"win.open-path('{copy}')")
            tap.check(says(window, "locked.plateau cannot be written"), "a file that may not be written says so", window.texts()[-9:])
            picture(window, "read-only-file")
            press(window, "Open to look")
            tap.check(says(window, "read only"), "and is open for reading", window.texts()[-9:])
            window.action("win.new-sample")
            tap.check(says(window, "Changes are not kept"), "a change says that it is not kept", window.texts()[-9:])
            picture(window, "read-only-change")
            tap.check(samples(copy) == samples(path), "and is not in the file")
            other = os.path.join(window.folder, "other.plateau")
            window.action(f"win.save-to('{other}')")
            tap.check(wait_for(lambda: os.path.exists(other) and samples(other) == samples(path) + 1),
                      "but in the file that it is then saved to", os.path.exists(other) and samples(other))
            tap.check(wait_for(lambda: window.find(name="saved")) and not window.find(part="Changes are not kept"),
                      "which is told", window.texts()[-9:])
            window.action(f"win.open-path('{shelved}')")
            tap.check(says(window, "a folder that cannot be written"), "a folder that may not be written says so", window.texts()[-9:])
            picture(window, "read-only-folder")
            press(window, "Open to look")
            tap.check(wait_for(lambda: len([n for n in window.showing("label") if ask(n.get_name) == "read only"]), 20),
                      "and its project is open for reading", window.texts()[-9:])
            window.action("win.save-to('" + os.path.join(shelf, "more.plateau") + "')")
            tap.check(says(window, "The project was not saved there"), "saving into such a folder says so", window.texts()[-9:])
            picture(window, "save-refused")
        os.chmod(shelf, 0o755)
    finally:
        window.close()


def check_full(tap, program):
    """As on a disk that is full: no file may grow beyond where it is."""
    window = Limited(program, [])
    try:
        path = os.path.join(window.folder, "full.plateau")
        run(program, record(window.folder, "P-1"))
        says(window, "P-1")
        window.action(f"win.save-to('{path}')")
        wait_for(lambda: os.path.exists(path) and says(window, "Saved to"))
        window.limit(4096)
        run(program, record(window.folder, "P-2"))
        tap.check(says(window, "The last change is not in the file"), "a disk that is full is told", window.texts()[-30:])
        tap.check(says(window, "disk"), "by its name", window.texts()[-30:])
        picture(window, "disk-full")
        tap.check(window.find(name="not saved"), "the title says that it is not saved", window.texts()[-30:])
        tap.check(cells(path) == ["P-1"], "nothing of the change is in the file", cells(path))
        window.action("window.close")
        tap.check(says(window, "Some changes are not saved"), "closing the window asks", window.texts()[-9:])
        picture(window, "close-unsaved")
        press(window, "Stay")
        window.limit(resource.RLIM_INFINITY)
        window.action("win.new-sample")
        tap.check(wait_for(lambda: cells(path) == ["P-1", "P-2"], 20), "once there is room the next change brings all with it",
                  cells(path))
        tap.check(wait_for(lambda: window.find(name="saved") and not window.find(part="The last change is not"), 10),
                  "and the sentence goes", window.texts()[-30:])
        window.limit(4096)
        window.action("win.new-sample")
        says(window, "The last change is not in the file")
        before = samples(path)
        window.limit(resource.RLIM_INFINITY)
        tap.check(wait_for(lambda: samples(path) == before + 1, 30), "it is also tried again by itself", samples(path))
    finally:
        window.close()


def check_gone(tap, program):
    """The project's file is deleted, and its folder renamed, while it is open."""
    window = Window(program, width=1000, height=700)
    try:
        folder = os.path.join(window.folder, "study")
        os.mkdir(folder)
        path = os.path.join(folder, "gone.plateau")
        run(program, record(window.folder, "P-1"))
        says(window, "P-1")
        window.action(f"win.save-to('{path}')")
        wait_for(lambda: os.path.exists(path) and says(window, "Saved to"))
        window.action("win.new-sample")
        wait_for(lambda: samples(path) == 2)
        os.remove(path)
        tap.check(says(window, "is not there any more"), "a file that is deleted while it is open is told at once", window.texts()[-30:])
        picture(window, "gone")
        window.action("win.new-sample")
        tap.check(press(window, "Save there again"), "and can be saved there again", window.texts()[-30:])
        tap.check(wait_for(lambda: os.path.exists(path) and samples(path) == 3 and cells(path) == ["P-1"], 20),
                  "with everything", os.path.exists(path) and samples(path))
        tap.check(wait_for(lambda: not window.find(part="is not there any more"), 10), "and the sentence goes", window.texts()[-30:])
        window.action("win.new-sample")
        tap.check(wait_for(lambda: samples(path) == 4, 10), "and changes are kept there", samples(path))
        os.rename(folder, folder + " 2")
        window.action("win.new-sample")
        tap.check(says(window, "is not there any more"), "a folder that is renamed is told", window.texts()[-30:])
        elsewhere = os.path.join(window.folder, "elsewhere.plateau")
        window.action(f"win.save-to('{elsewhere}')")
        tap.check(wait_for(lambda: os.path.exists(elsewhere) and samples(elsewhere) == 5, 20), "and it is saved elsewhere with everything",
                  os.path.exists(elsewhere) and samples(elsewhere))
    finally:
        window.close()


def check_closed_at_once(tap, program):
    """What was done a moment before the window closes."""
    window = Window(program, width=1000, height=700)
    path = os.path.join(window.folder, "last.plateau")
    run(program, record(window.folder, "P-1"))
    says(window, "P-1")
    window.action(f"win.save-to('{path}')")
    wait_for(lambda: os.path.exists(path) and says(window, "Saved to"))
    before = samples(path)
    for _ in range(5):
        window.action("win.new-sample")
    window.action("window.close")
    ended = wait_for(lambda: window.process.poll() is not None, 20)
    tap.check(ended and samples(path) == before + 5, "what was done just before the window closed is in the file",
              (ended, samples(path)))
    left = [name for name in os.listdir(window.folder) if name.startswith((".last", ".plateau")) or name.startswith("last.plateau-")]
    tap.check(not left, "and nothing lies beside it", left)
    window.close()


def main():
    program = sys.argv[1]
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    tap = Tap()
    prefix = wrapper()
    if prefix is None:
        print("# SKIP: permissions cannot be made to count for root here; read-only files are not tried", flush=True)
    check_read_only(tap, program, prefix)
    check_full(tap, program)
    check_gone(tap, program)
    check_closed_at_once(tap, program)
    return tap.end()


sys.exit(main())
