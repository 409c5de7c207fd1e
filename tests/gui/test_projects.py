#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The project's file from the window: saved as, opened twice, from a newer version, damaged, killed; what is
undone has its name; a cell is dragged to another sample; logging out waits while something is written, and the
end of long work is notified."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Atspi, Tap, Window, ask, drag, release, run, wait_for  # noqa: E402

ROUNDS = int(os.environ.get("PLATEAU_KILL_ROUNDS", "6"))
HEAD = "Test Time / s,Voltage / V,Current / A\n"


def record(folder, name, shift=0.0):
    """A small file of a cycler: one charge and one discharge."""
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEAD)
        for i in range(121):
            sign = 1 if i <= 60 else -1
            step = i if i <= 60 else 120 - i
            file.write(f"{60 * i},{3 + shift + step / 60:.4f},{sign * 0.001}\n")
    return path


def place(node):
    box = node.get_extents(Atspi.CoordType.WINDOW)
    return box.x + min(box.width // 2, 60), box.y + box.height // 2


def sidebar(window, name):
    return wait_for(lambda: next((n for n in window.showing("list item") if name in (ask(n.get_name) or "")), None), 20)


def sample_of(path, cell):
    """What the file itself says, read as a program killed at this moment would have left it."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as base:
        row = base.execute("SELECT json_extract(s.properties, '$.name') FROM cell c JOIN sample s ON s.id = c.sample"
                           " WHERE json_extract(c.properties, '$.name') = ?", (cell,)).fetchone()
    return row[0] if row else None


def excluded(path):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as base:
        return sorted(row[0] for row in base.execute(
            "SELECT json_extract(properties, '$.name') FROM cell WHERE json_extract(properties, '$.excluded')"))


def cells(path):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as base:
        return sorted(row[0] for row in base.execute("SELECT json_extract(properties, '$.name') FROM cell"))


def undo_name(window):
    button = window.find("push button", part="Undo")
    return ((ask(button.get_name) or "") + " " + (ask(button.get_description) or "")) if button else ""


def said(log, what):
    with open(log, encoding="utf-8") as lines:
        return [line for line in lines if what in line]


def toast(window, part, seconds=20):
    return wait_for(lambda: window.find(part=part), seconds)


def check_saving(tap, window, program, log):
    folder = window.folder
    first, second = record(folder, "P-1_0.2C.csv"), record(folder, "S-2_0.2C.csv", 0.1)
    run(program, first, second)
    tap.check(sidebar(window, "P-1") and sidebar(window, "S-2"), "a second start opens files in the running program",
              window.texts())
    saved = os.path.join(folder, "研究 study.plateau")
    window.action(f"win.save-to('{saved}')")
    tap.check(toast(window, "Saved to") and os.path.exists(saved), "save as makes the file and says so", window.texts())
    tap.check(wait_for(lambda: cells(saved) == ["P-1", "S-2"], 10), "with all cells in it", cells(saved))
    tap.check(wait_for(lambda: window.find(name="saved"), 10), "the title says that it is saved", window.texts())

    one, other = sidebar(window, "P-1"), None
    x0, y0 = place(one)
    other = next((n for n in window.showing("list item") if (ask(n.get_name) or "").startswith("S")
                  and "S-2" not in ask(n.get_name)), None) or sidebar(window, "S-2")
    x1, y1 = place(other)
    before = sample_of(saved, "P-1")
    drag(x0, y0, x1, y1)
    release()
    moved = wait_for(lambda: sample_of(saved, "P-1") != before, 10)
    tap.check(moved, "a cell is dragged to another sample, and the file has it",
              (before, sample_of(saved, "P-1"), [ask(n.get_name) for n in window.showing("list item")]))
    tap.check(wait_for(lambda: "Move" in undo_name(window), 5), "undo says what it would undo", undo_name(window))
    window.action("win.undo")
    tap.check(wait_for(lambda: sample_of(saved, "P-1") == before, 10), "and undone it is where it was",
              sample_of(saved, "P-1"))
    tap.check(wait_for(lambda: said(log, "Inhibit ") and said(log, "Uninhibit "), 10),
              "logging out was held off while the project was written", open(log, encoding="utf-8").read())
    return saved


def lock_of(path, window):
    """As another program takes it that has the project open."""
    folder = os.path.join(os.environ.get("XDG_RUNTIME_DIR") or window.folder, "plateau")
    os.makedirs(folder, exist_ok=True)
    name = hashlib.sha256(os.path.realpath(path).encode()).hexdigest()[:32] + ".lock"
    lock = open(os.path.join(folder, name), "w", encoding="utf-8")
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return lock


def check_opening(tap, window, saved):
    folder = window.folder
    frames = len(list(window.showing("frame")))
    window.action(f"win.open-path('{saved}')")
    time.sleep(1)
    tap.check(len(list(window.showing("frame"))) == frames, "a project that is open is not opened twice")

    busy = os.path.join(folder, "elsewhere.plateau")
    shutil.copy(saved, busy)
    lock = lock_of(busy, window)
    window.action(f"win.open-path('{busy}')")
    tap.check(toast(window, "is open in another window"), "a project that another program has open says so",
              window.texts())
    look = window.find("push button", "Open to look")
    tap.check(look and look.do_action(0), "and can be looked at", window.texts()[-20:])
    tap.check(wait_for(lambda: window.find(part="read only"), 20), "the title says that it is read only", window.texts())
    lock.close()

    newer = os.path.join(folder, "newer.plateau")
    shutil.copy(saved, newer)
    with sqlite3.connect(newer) as base:
        base.execute("PRAGMA user_version = 999")
    window.action(f"win.open-path('{newer}')")
    tap.check(toast(window, "newer"), "a project of a newer version says so", window.texts()[-20:])

    damaged = os.path.join(folder, "damaged.plateau")
    shutil.copy(saved, damaged)
    with sqlite3.connect(damaged) as base:
        page = base.execute("SELECT rootpage FROM sqlite_master WHERE name = 'sample'").fetchone()[0]
        size = base.execute("PRAGMA page_size").fetchone()[0]
    with open(damaged, "r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    window.action(f"win.open-path('{damaged}')")
    tap.check(toast(window, "damaged"), "a damaged project says so", window.texts()[-20:])
    recover = window.find("push button", "Recover")
    tap.check(recover and recover.do_action(0), "and offers to recover what is sound", window.texts()[-20:])
    found = os.path.join(folder, "damaged-recovered.plateau")
    tap.check(wait_for(lambda: os.path.exists(found) and cells(found) == cells(saved), 20),
              "which is then in a project of its own", window.texts()[-20:])
    tap.check(sidebar(window, "P-1") and wait_for(lambda: window.find(part="damaged-recovered"), 10),
              "that is open in the window", window.texts())


def in_front(other, folder):
    """Another program, which takes the focus."""
    source = subprocess.Popen([other, os.path.join(folder, "nothing")],
                              env=dict(os.environ, GDK_BACKEND="x11", GSK_RENDERER="cairo"))
    xid = wait_for(lambda: subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "^file-source$"],
                                          capture_output=True, text=True).stdout.split())[-1]
    run("xdotool", "windowfocus", "--sync", xid)
    return source


def check_notified(tap, program, other, log):
    """While another program is in front."""
    source = None
    window = Window(program, width=900, height=700, environment={"PLATEAU_NOTIFY_MS": "300"})
    try:
        window.action("win.open-example")
        wait_for(lambda: window.find(part="simulated example"), 40)
        book = os.path.join(window.folder, "book.xlsx")
        source = in_front(other, window.folder)
        window.action(f"win.export-page-to('{book}')")
        wait_for(lambda: os.path.exists(book), 120)
        tap.check(wait_for(lambda: said(log, "Notify "), 10), "the end of long work is notified",
                  open(log, encoding="utf-8").read())
    finally:
        if source:
            source.terminate()
            source.wait()
        window.close()


def check_killed(tap, program, saved):
    """Killed at once after an edit or an import that the title says is kept."""
    lost = []
    for number in range(ROUNDS):
        window = Window(program, [saved], width=900, height=700)
        sidebar(window, "P-1")
        name = f"K-{number}_0.2C.csv"
        before = excluded(saved)
        if number % 2:
            run(program, record(window.folder, name))
            done = wait_for(lambda: f"K-{number}" in cells(saved), 20, 0.005)
        else:
            x, y = place(sidebar(window, "S-2"))
            run("xdotool", "mousemove", str(x), str(y), "click", "1")
            window.action("win.toggle-excluded")
            done = wait_for(lambda: excluded(saved) != before, 20, 0.005)
        after = (cells(saved), excluded(saved))
        window.process.kill()
        window.process.wait()
        with sqlite3.connect(saved) as base:
            sound = base.execute("PRAGMA integrity_check").fetchone()[0]
        if not done or sound != "ok" or (cells(saved), excluded(saved)) != after:
            lost.append((number, done, sound, after, cells(saved), excluded(saved)))
        shutil.rmtree(window.folder, ignore_errors=True)
        time.sleep(0.3)  # until its name is free on the bus
    tap.check(not lost, f"the window was killed {ROUNDS} times after an action and lost nothing", lost)
    window = Window(program, [saved], width=900, height=700)
    tap.check(sidebar(window, "P-1") and (ROUNDS < 2 or sidebar(window, "K-1")),
              "and the project opens with everything", window.texts())
    window.close()


def main():
    program, other = sys.argv[1:3]
    tap = Tap()
    window = None
    log = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"plateau-desktop-{os.getpid()}.log")
    open(log, "w", encoding="utf-8").close()
    desktop = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "desktop.py"), log])
    keep = None
    try:
        wait_for(lambda: len(said(log, "ready")) == 2, 10)
        time.sleep(0.5)
        window = Window(program, width=1200, height=800)
        saved = check_saving(tap, window, program, log)
        keep = os.path.join(os.path.dirname(log), f"plateau-kept-{os.getpid()}.plateau")
        check_opening(tap, window, saved)
        window.process.terminate()
        window.process.wait(10)
        shutil.copy(saved, keep)
        shutil.rmtree(window.folder, ignore_errors=True)
        check_killed(tap, program, keep)
        check_notified(tap, program, other, log)
    finally:
        desktop.terminate()
        if window:
            window.close()
        for path in (log, keep):
            if path and os.path.exists(path):
                os.remove(path)
    return tap.end()


sys.exit(main())
