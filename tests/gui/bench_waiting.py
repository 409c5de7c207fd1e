# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the window ever makes one wait: the longest turns of the main loop while a project is opened,
every page is shown, files are dropped, masses are edited, a figure and a workbook are written, and with a
project of 1,000 cells. Counted is the time of the processor, since other programs may run; what passed stands
behind it. Rows as the other benchmarks print them; with PLATEAU_WATCH_STACKS=1 also where each
turn over the budget was."""

import os
import re
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import APP_ID, Window, ask, real_files, run, wait_for  # noqa: E402

PAGES = ("cycling", "dqdv", "rate", "gitt", "cv", "impedance", "drt", "conductivity", "compare", "figures")
BUDGET = 50


class Watched:
    """A window whose long turns are collected from its error stream."""

    def __init__(self, program, files=()):
        self.log = tempfile.NamedTemporaryFile("w+", prefix="plateau-watch-", suffix=".log")
        self.window = Window(program, files, width=1440, height=900, stderr=self.log,
                             environment={"PLATEAU_WATCH_MS": "20"})
        self.program = program
        self.position = 0

    def turns(self):
        """(ms of the processor, ms that passed, stack) since the last time."""
        with open(self.log.name, encoding="utf-8", errors="replace") as log:
            log.seek(self.position)
            text = log.read()
            self.position = log.tell()
        return [(float(cpu), float(ms), stack) for ms, cpu, stack
                in re.findall(r"busy\t([\d.]+)\tms\t([\d.]+)\n(.*?)end\n", text, re.S)]

    def settle(self, quiet=1.5, most=60):
        """Until the main loop has had nothing long to do for a while and no job is shown."""
        end, size, since = time.monotonic() + most, -1, time.monotonic()
        while time.monotonic() < end:
            now = os.path.getsize(self.log.name)
            if now != size:
                size, since = now, time.monotonic()
            elif time.monotonic() - since > quiet:
                break
            time.sleep(0.1)

    def report(self, what):
        self.settle()
        turns = self.turns()
        longest = max((turn[0] for turn in turns), default=0)
        passed = max((turn[1] for turn in turns), default=0)
        over = sum(turn[0] > BUDGET for turn in turns)
        print(f"longest turn, {what}\t{longest:.0f}\tms\tbudget\t{BUDGET}\t({passed:.0f} ms passed"
              + (f", {over} over)" if over else ")"), flush=True)
        if os.environ.get("PLATEAU_WATCH_STACKS"):
            for cpu, ms, stack in sorted(turns, reverse=True):
                if cpu > BUDGET:
                    print(f"  {cpu:.0f} ms of {ms:.0f}")
                    for one in stack.split("at\n")[1:]:
                        print(resolve(self.program, one))


def resolve(program, stack):
    """Names of the program's own functions in a stack."""
    offsets = re.findall(r"\(\+(0x[0-9a-f]+)\)", "\n".join(
        line for line in stack.splitlines() if line.startswith(program)))
    foreign = [re.search(r"\(([^+)]+)\+", line) for line in stack.splitlines()]
    names = subprocess.run(["addr2line", "-f", "-e", program, *offsets], capture_output=True, text=True).stdout
    return ("    " + " < ".join(names.splitlines()[::2]) + "\n    in " +
            " < ".join(m.group(1) for m in foreign[:14] if m))


def action(watched, name):
    watched.window.action(name)


def example(program):
    watched = Watched(program)
    watched.report("start")
    action(watched, "win.open-example")
    wait_for(lambda: watched.window.find(part="simulated example"), 40)
    watched.report("opening the example")
    for page in PAGES:
        action(watched, f"win.page('{page}')")
        watched.report(f"page {page}, first time")
    for page in PAGES:
        action(watched, f"win.page('{page}')")
        watched.report(f"page {page}, again")
    action(watched, "win.page('cycling')")
    watched.report("back to cycling")
    action(watched, "win.toggle-excluded")
    watched.report("leaving a cell out")
    action(watched, "win.undo")
    watched.report("undo")
    action(watched, "win.cell-table")
    watched.report("the cell table")
    run("xdotool", "key", "Escape")
    hands(watched)
    windows(watched)
    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("pdf", "xlsx"):
            path = os.path.join(folder, "out." + suffix)
            action(watched, f"win.export-page-to('{path}')")
            wait_for(lambda: os.path.exists(path), 60)
            watched.report(f"writing a {suffix}")
    watched.window.close()


def hands(watched):
    """What is done all day: zoom, move over the plot, fold, search, type a mass, edit a figure."""
    action(watched, "win.page('cycling')")
    watched.settle()
    watched.turns()
    run("xdotool", "mousemove", "450", "300")
    for _ in range(10):
        run("xdotool", "click", "4")
    watched.report("zooming")
    for i in range(30):
        run("xdotool", "mousemove", str(350 + 10 * i), str(250 + 5 * i))
        time.sleep(0.03)
    watched.report("the pointer over a plot")
    run("xdotool", "key", "ctrl+f", "type", "LRMO")
    watched.report("searching")
    run("xdotool", "key", "ctrl+a", "key", "BackSpace", "key", "Escape")
    watched.report("the search over")
    action(watched, "win.enter-mass(int64 1)")
    run("xdotool", "key", "ctrl+a", "type", "7.25")
    run("xdotool", "key", "Return")
    watched.report("entering a mass")
    action(watched, "win.enter-mass(int64 0)")
    watched.report("nothing selected")
    action(watched, "win.send-to-figure")
    watched.report("sending to a figure")
    for _ in range(12):
        run("xdotool", "key", "Tab")
    watched.report("Tab through a figure")
    action(watched, "win.undo")
    watched.report("undo of it")


WINDOWS = ("app.preferences", "app.help", "win.show-help-overlay", "win.material-facts", "win.own-literature",
           "win.export-figure")


def windows(watched):
    for name in WINDOWS:
        if name.startswith("app."):
            run("gapplication", "action", APP_ID, name.removeprefix("app."))
        else:
            action(watched, name)
        watched.report(f"window of {name}")
        run("xdotool", "key", "Escape")
        watched.settle()
        watched.turns()


def dropped(program):
    files = real_files([])
    shared = os.environ.get("PLATEAU_SHARED", "")
    folder = os.path.join(shared, "data", "cycling", "biologic-mpr")
    watched = Watched(program)
    watched.turns()
    if files:
        run(program, *files)
        wait_for(lambda: watched.window.find("push button", "Undo"), 20)
        watched.report("two real files")
    if os.path.isdir(folder):
        run(program, folder)
        watched.report("a folder of 31 real files")
    watched.window.close()


def large(program, maker):
    with tempfile.TemporaryDirectory(prefix="plateau-bench-") as folder:
        path = os.path.join(folder, "study.plateau")
        subprocess.run([maker, path], check=True)
        watched = Watched(program)
        watched.settle()
        watched.turns()
        begin = time.monotonic()
        run(program, path)
        # the title is set with the list of cells; a look through AT-SPI would take longer than the opening
        seen = wait_for(lambda: subprocess.run(["xdotool", "search", "--name", "^A study of 1,000 cells$"],
                                               capture_output=True).stdout, 30, 0.01)
        print(f"1,000 cells, from a second start with the file to the window\t{1000 * (time.monotonic() - begin):.0f}\tms\tbudget\t1000"
              + ("" if seen else "\tNOT SEEN"), flush=True)
        watched.report("opening 1,000 cells")
        for page in PAGES:
            action(watched, f"win.page('{page}')")
            watched.report(f"1,000 cells, page {page}")
        action(watched, "win.page('cycling')")
        watched.settle()
        watched.turns()
        action(watched, "win.toggle-excluded")
        watched.report("1,000 cells, leaving a cell out")
        action(watched, "win.cell-table")
        watched.report("1,000 cells, the cell table")
        run("xdotool", "key", "Escape")
        action(watched, "win.open-example")
        watched.report("another project instead of 1,000 cells")
        watched.window.close()


if __name__ == "__main__":
    program, maker = sys.argv[1:3]
    parts = sys.argv[3:] or ["example", "dropped", "large"]
    if "example" in parts:
        example(program)
    if "dropped" in parts:
        dropped(program)
    if "large" in parts:
        large(program, maker)
