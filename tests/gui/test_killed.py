#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window killed at any moment while it edits and imports, PLATEAU_KILL_ROUNDS times: half of them with a
project of the user's own, half with one that was never saved. What was in the file when it was killed is there
when it is opened again, nothing is there by half, and of what the user did all is there that was done WRITTEN_WITHIN seconds
before."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import APP_ID, Tap  # noqa: E402
from gi.repository import Gio, GLib  # noqa: E402

ROUNDS = int(os.environ.get("PLATEAU_KILL_ROUNDS", "10"))
ROUNDS_PER_FILE = 10
WRITTEN_WITHIN = 0.25  # s; on an idle machine a change is in the file after a millisecond
OBJECT = "/io/github/plateau/Plateau"


class Gone(Exception):
    """The program was killed while it was asked."""


class Program:
    """The program, spoken to over the bus only, so that a round takes a second."""

    def __init__(self, program, state, files=()):
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.wait_owned(False)
        env = dict(os.environ, GTK_A11Y="none", GDK_BACKEND="x11", GSK_RENDERER="cairo", GSETTINGS_BACKEND="memory",
                   XDG_STATE_HOME=state, XDG_DATA_HOME=state, XDG_CACHE_HOME=state)
        self.process = subprocess.Popen([program, *files], env=env)
        self.wait_owned(True)

    def wait_owned(self, owned):
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                  "NameHasOwner", GLib.Variant("(s)", (APP_ID,)), None, 0, -1, None)[0] == owned:
                return
            time.sleep(0.01)
        raise RuntimeError("the program did not come or go")

    def call(self, interface, method, arguments):
        try:
            self.bus.call_sync(APP_ID, OBJECT, interface, method, arguments, None, Gio.DBusCallFlags.NO_AUTO_START,
                               30000, None)
        except GLib.Error as error:
            raise Gone from error

    def action(self, detailed):
        self.call("org.gtk.Actions", "Activate",
                  GLib.Variant("(sava{sv})", ("run-action", [GLib.Variant("s", detailed)], {})))

    def open(self, path):
        self.call("org.gtk.Application", "Open", GLib.Variant("(assa{sv})", ([Gio.File.new_for_path(path).get_uri()], "", {})))


def record(folder, name):
    """A small file of a cycler: one charge and one discharge."""
    path = os.path.join(folder, f"{name}_0.2C.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Test Time / s,Voltage / V,Current / A\n")
        for i in range(121):
            step = i if i <= 60 else 120 - i
            file.write(f"{60 * i},{3 + step / 60:.4f},{0.001 if i <= 60 else -0.001}\n")
    return path


def look(path):
    """What the file says: samples, cells, and the measurements that are not whole."""
    if not os.path.exists(path):
        return 0, set(), ["no file"]
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20)) as base:
        try:
            samples = base.execute("SELECT count(*) FROM sample").fetchone()[0]
        except sqlite3.OperationalError:
            return 0, set(), ["no table yet"]
        cells = {row[0] for row in base.execute("SELECT json_extract(properties, '$.name') FROM cell")}
        torn = base.execute(
            "SELECT name FROM measurement m WHERE cell NOT IN (SELECT id FROM cell) OR rows IS NOT (SELECT sum(rows)"
            " FROM column_data WHERE measurement = m.id AND position = 0)").fetchall()
        lonely = base.execute("SELECT count(*) FROM cell WHERE id NOT IN (SELECT cell FROM measurement)").fetchone()[0]
    return samples, cells, [*torn, *(["a cell without its file"] if lonely else [])]


def drafts(state):
    folder = os.path.join(state, "plateau")
    names = sorted(name for name in (os.listdir(folder) if os.path.isdir(folder) else []) if name.endswith(".plateau"))
    return [os.path.join(folder, name) for name in names]


class Study:
    """One project that is killed again and again."""

    def __init__(self, program, folder, saved):
        self.program, self.folder, self.number = program, folder, 0
        self.state = tempfile.mkdtemp(dir=folder)
        self.path = None
        if saved:
            self.make_saved()

    def make_saved(self):
        self.path = os.path.join(self.state, "研究 study.plateau")
        running = Program(self.program, self.state)
        running.open(record(self.folder, "P-0"))
        self.wait(lambda: drafts(self.state) and "P-0" in look(drafts(self.state)[0])[1])
        running.action(f"win.save-to('{self.path}')")
        self.wait(lambda: os.path.exists(self.path) and not drafts(self.state))
        running.process.kill()
        running.process.wait()

    def wait(self, condition, seconds=60):
        end = time.monotonic() + seconds
        while not condition() and time.monotonic() < end:
            time.sleep(0.01)
        return condition()

    def start(self):
        """Opened, and the first action of this time in the file."""
        running = Program(self.program, self.state, [self.path] if self.path else [])
        if not self.path:
            running.open(record(self.folder, "P-0"))
            self.wait(lambda: drafts(self.state))
            self.path = drafts(self.state)[0]
            self.wait(lambda: "P-0" in look(self.path)[1])
        before = look(self.path)[0]

        def grown():
            running.action("win.new-sample")
            return look(self.path)[0] > before

        if not self.wait(grown):
            raise RuntimeError(f"the project did not open: {os.listdir(os.path.dirname(self.path))}")
        # What was asked for before the project was there went elsewhere; what came after is in the file by now.
        time.sleep(0.05)
        self.wait(lambda: len({look(self.path)[0], (time.sleep(0.05), look(self.path)[0])[1]}) == 1)
        return running

    def work(self, running, seen):
        """Edits and imports until the program is gone."""
        while True:
            if random.random() < 0.25:
                self.number += 1
                running.open(record(self.folder, f"K-{self.number}"))
            else:
                running.action("win.new-sample")
                seen["done"].append(time.monotonic())

    def round(self):
        running = self.start()
        before = look(self.path)
        seen = {"done": [], "file": before[:2], "killed": 0}

        def kill():
            seen["killed"] = time.monotonic()
            running.process.kill()

        timer = threading.Timer(random.uniform(0, 0.6), kill)

        def watch():
            while running.process.poll() is None:
                now = look(self.path)
                if running.process.poll() is None:
                    seen["file"] = now[:2]

        watcher = threading.Thread(target=watch)
        watcher.start()
        timer.start()
        try:
            self.work(running, seen)
        except Gone:
            pass
        running.process.wait()
        watcher.join()
        with closing(sqlite3.connect(self.path)) as base:
            sound = base.execute("PRAGMA integrity_check").fetchone()[0]
        samples, cells, torn = look(self.path)
        missing = before[0] + len(seen["done"]) - samples
        due = before[0] + sum(at < seen["killed"] - WRITTEN_WITHIN for at in seen["done"])
        good = (sound == "ok" and not torn and samples >= max(seen["file"][0], due) and cells >= seen["file"][1])
        return good, missing, len(seen["done"]), (sound, torn, samples, seen["file"][0], sorted(seen["file"][1] - cells), missing)


def check_killed(tap, program, folder, saved, rounds):
    lost, missing, actions, study = [], 0, 0, None
    for number in range(rounds):
        if number % ROUNDS_PER_FILE == 0:
            study = Study(program, folder, saved)
        good, left, done, seen = study.round()
        missing = max(missing, left)
        actions += done
        if not good:
            lost.append((number, *seen))
            print(f"# round {number}: {seen}", flush=True)
    print(f"# {rounds} kills, {actions} edits, at most {missing} not yet written", flush=True)
    tap.check(not lost, f"{'a saved' if saved else 'an unsaved'} project, killed {rounds} times, lost nothing that was"
              " in the file and has nothing by half", lost)
    running = study.start()
    kept = look(study.path)
    tap.check(not kept[2] and "P-0" in kept[1] and (saved or len(drafts(study.state)) == 1),
              "and it opens and takes edits once more", (kept, drafts(study.state)))
    running.process.kill()
    running.process.wait()


def main():
    program = sys.argv[1]
    tap = Tap()
    folder = tempfile.mkdtemp(prefix="plateau-killed-")
    random.seed(int(os.environ.get("PLATEAU_KILL_SEED", "7")))
    try:
        check_killed(tap, program, folder, True, (ROUNDS + 1) // 2)
        check_killed(tap, program, folder, False, max(ROUNDS // 2, 1))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return tap.end()


sys.exit(main())
