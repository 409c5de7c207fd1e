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
import tempfile
import time
from contextlib import closing

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Atspi, Tap, Window, ask, drag, release, run, wait_for  # noqa: E402

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
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
        row = base.execute("SELECT json_extract(s.properties, '$.name') FROM cell c JOIN sample s ON s.id = c.sample"
                           " WHERE json_extract(c.properties, '$.name') = ?", (cell,)).fetchone()
    return row[0] if row else None


def excluded(path):
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
        return sorted(row[0] for row in base.execute(
            "SELECT json_extract(properties, '$.name') FROM cell WHERE json_extract(properties, '$.excluded')"))


def cells(path):
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
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


def lock_of(path):
    """As another program takes it that has the project open."""
    folder, name = os.path.split(os.path.realpath(path))
    lock = open(os.path.join(folder, f".{name}.lock"), "w", encoding="utf-8")
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return lock


PICTURES = os.environ.get("PLATEAU_PICTURES")


def picture(window, name):
    """For whoever wants to look: PLATEAU_PICTURES is a folder."""
    if PICTURES:
        time.sleep(0.7)
        window.screenshot(os.path.join(PICTURES, f"{name}.png"))


def refused(tap, window, path, title, text, what, name):
    """A dialog that names the file and what can be done. Returns: the dialog's buttons by name"""
    window.action(f"win.open-path('{path}')")
    said_so = wait_for(lambda: window.find("label", part=f"{os.path.basename(path)} {title}"), 20)
    tap.check(said_so and window.find("label", part=text) is not None, what, window.texts()[-12:])
    picture(window, name)


def dialog_button(window, label):
    """GTK names the buttons of its message dialogs twice; the window's own button is called Close too."""
    found = [n for n in window.showing("push button") if (ask(n.get_name) or "") == f"{label} {label}"]
    return found[-1] if found else None


def press(window, label):
    """GTK 4.8 does not survive being walked through while a window goes, which a pressed button lets it do after
    its animation: nothing is asked meanwhile."""
    button = wait_for(lambda: dialog_button(window, label), 10)
    pressed = bool(button and button.do_action(0))
    time.sleep(1)
    return pressed


def closed(tap, window):
    tap.check(press(window, "Close") and wait_for(lambda: dialog_button(window, "Close") is None, 10),
              "its dialog closes", window.texts()[-10:])


def spoil(saved, path, table=None, part=None, write=None):
    """A copy with a page of a table overwritten, or only a part of it, or other bytes at a place."""
    shutil.copy(saved, path)
    size = os.path.getsize(path)
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
        page_size = base.execute("PRAGMA page_size").fetchone()[0]
        page = base.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0] if table else 1
    with open(path, "r+b") as file:
        if part is not None:
            file.truncate(int(size * part) // page_size * page_size)
        if write is not None:
            file.seek(0)
            file.write(write)
        if table:
            file.seek((page - 1) * page_size)
            file.write(b"\xff" * page_size)
    return path


def recovered(tap, window, path, wanted, what):
    found = path[:-len(".plateau")] + "-recovered.plateau"
    tap.check(press(window, "Recover into a new project"), f"{what}: recovering is offered", window.texts()[-12:])
    tap.check(wait_for(lambda: os.path.exists(found) and wanted(cells(found)), 20), f"{what}: what is sound is in a new project",
              (cells(found) if os.path.exists(found) else "no file", window.texts()[-12:]))
    name = os.path.basename(found)[:-len(".plateau")]
    tap.check(wait_for(lambda: window.find("frame", part=name), 10), f"{what}: which is open",
              [ask(n.get_name) for n in window.showing("frame")])
    return found


def check_opening(tap, window, saved):
    folder = window.folder
    frames = len(list(window.showing("frame")))
    window.action(f"win.open-path('{saved}')")
    link = os.path.join(folder, "link.plateau")
    os.symlink(saved, link)
    window.action(f"win.open-path('{link}')")
    time.sleep(1)
    tap.check(len(list(window.showing("frame"))) == frames, "a project that is open is not opened twice, nor by a link")

    newer = os.path.join(folder, "newer.plateau")
    shutil.copy(saved, newer)
    with sqlite3.connect(newer) as base:
        base.execute("PRAGMA user_version = 999")
    refused(tap, window, newer, "is of a newer Plateau", "Update Plateau", "a project of a newer version says so", "newer")
    closed(tap, window)
    empty = os.path.join(folder, "empty.plateau")
    open(empty, "w", encoding="utf-8").close()
    refused(tap, window, empty, "is not a project", "is empty", "a file without a byte says so", "empty")
    tap.check(os.path.getsize(empty) == 0, "and stays as it is")
    closed(tap, window)
    text = os.path.join(folder, "text.plateau")
    with open(text, "w", encoding="utf-8") as file:
        file.write("Dear colleague, " * 500)
    refused(tap, window, text, "is not a project", "is not a Plateau project", "a file that is something else says so", "text")
    closed(tap, window)

    both = lambda names: names == cells(saved)  # noqa: E731
    damaged = spoil(saved, os.path.join(folder, "damaged.plateau"), "sample")
    refused(tap, window, damaged, "is damaged", "can be recovered", "a damaged project says so", "damaged")
    recovered(tap, window, damaged, both, "a damaged page")
    header = spoil(saved, os.path.join(folder, "header.plateau"), write=b"\0" * 100)
    refused(tap, window, header, "is damaged", "can be recovered", "a project without its head says so", "header")
    recovered(tap, window, header, both, "a damaged head")
    first = spoil(saved, os.path.join(folder, "first.plateau"), write=b"\x55" * 4096)
    refused(tap, window, first, "is damaged", "can be recovered", "a project without its first page says so", "first")
    recovered(tap, window, first, both, "a damaged first page")
    cut = spoil(saved, os.path.join(folder, "cut.plateau"), part=0.6)
    refused(tap, window, cut, "is damaged", "can be recovered", "a project that was cut off says so", "cut")
    recovered(tap, window, cut, lambda names: len(names) > 0, "a project cut off")

    busy = os.path.join(folder, "elsewhere.plateau")
    shutil.copy(saved, busy)
    lock = lock_of(busy)
    refused(tap, window, busy, "is open already", "is open in another window",
            "a project that another program has open says so", "busy")
    tap.check(press(window, "Open to look"), "and can be looked at", window.texts()[-12:])
    tap.check(wait_for(lambda: window.find(part="read only"), 20), "the title says that it is read only", window.texts())
    lock.close()


def check_drafts(tap, program):
    """Two projects that were never saved and one that was, after the program was killed; and one that is gone."""
    state = tempfile.mkdtemp(prefix="plateau-state-")
    places = {"XDG_STATE_HOME": state, "XDG_DATA_HOME": state}
    saved, gone = os.path.join(state, "kept 研究.plateau"), os.path.join(state, "gone.plateau")
    window = None
    try:
        for name, path in (("A-1", None), ("B-1", None), ("C-1", saved), ("D-1", gone)):
            window = Window(program, width=1000, height=700, environment=places)
            run(program, record(window.folder, f"{name}_0.2C.csv"))
            sidebar(window, name)
            if path:
                window.action(f"win.save-to('{path}')")
                toast(window, "Saved to")
                wait_for(lambda: not [n for n in os.listdir(os.path.join(state, "plateau")) if n.endswith(".plateau")], 1)
            window.process.kill()
            window.process.wait()
            shutil.rmtree(window.folder, ignore_errors=True)
            time.sleep(0.5)
        os.remove(gone)
        window = Window(program, width=1000, height=700, environment=places)
        offered = lambda: [t for t in window.texts() if t.startswith("Unsaved") or "plateau" in t]  # noqa: E731
        tap.check(wait_for(lambda: any(t.endswith(": A-1") for t in offered()) and any(t.endswith(": B-1") for t in offered())),
                  "two projects that were never saved are offered at the next start, by their cells", offered())
        tap.check(any("kept 研究" in t for t in offered()), "and one that was saved", offered())
        tap.check(not any("gone" in t for t in offered()), "but not one that is gone", offered())
        picture(window, "go-on")
        button = next((n for n in window.showing("push button") if any((ask(c.get_name) or "").endswith(": A-1") for c in window.walk(n))), None)
        tap.check(button and button.do_action(0) and sidebar(window, "A-1"), "one of them is gone on with", window.texts()[-20:])
        window.action(f"win.open-path('{gone}')")
        tap.check(toast(window, "is not there"), "a project that is gone by the time it is chosen says so", window.texts()[-9:])
        picture(window, "gone-recent")
    finally:
        if window:
            window.close()
        shutil.rmtree(state, ignore_errors=True)


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


def main():
    program, other = sys.argv[1:3]
    tap = Tap()
    window = None
    log = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"plateau-desktop-{os.getpid()}.log")
    open(log, "w", encoding="utf-8").close()
    desktop = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "desktop.py"), log])
    try:
        wait_for(lambda: len(said(log, "ready")) == 2, 10)
        time.sleep(0.5)
        window = Window(program, width=1200, height=800)
        saved = check_saving(tap, window, program, log)
        check_opening(tap, window, saved)
        window.process.terminate()
        window.process.wait(10)
        check_drafts(tap, program)
        check_notified(tap, program, other, log)
    finally:
        desktop.terminate()
        if window:
            window.close()
        os.remove(log)
    return tap.end()


sys.exit(main())
