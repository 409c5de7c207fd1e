# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real window: starts it on the display that is there, looks at it through AT-SPI, moves
the pointer and types with xdotool, and reports in TAP."""

import os
import shutil
import subprocess
import sys
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

APP_ID = "io.github.plateau.Plateau"


class Tap:
    """Counts checks; each prints its own line, so that a failure says what was seen."""

    def __init__(self):
        self.number = 0
        self.failed = 0

    def check(self, good, what, seen=""):
        self.number += 1
        if not good:
            self.failed += 1
            for line in str(seen).splitlines():
                print(f"# {line}")
        print(f"{'ok' if good else 'not ok'} {self.number} - {what}", flush=True)
        return good

    def end(self):
        print(f"1..{self.number}", flush=True)
        return 1 if self.failed else 0


def ask(question):
    """The answer, or None when the widget that was asked is gone by now."""
    try:
        return question()
    except gi.repository.GLib.Error:
        return None


def wait_for(condition, seconds=20, step=0.1):
    """The condition's value as soon as it is true, else what it was last."""
    end = time.monotonic() + seconds
    while True:
        value = ask(condition)
        if value or time.monotonic() > end:
            return value
        time.sleep(step)


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class Window:
    def __init__(self, program, files=(), width=1100, height=760, environment=None,
                 stderr=None):
        self.folder = tempfile.mkdtemp(prefix="plateau-gui-")
        env = dict(os.environ, GTK_A11Y="atspi", GDK_BACKEND="x11", GSK_RENDERER="cairo",
                   GSETTINGS_BACKEND="memory", XDG_STATE_HOME=self.folder,
                   XDG_DATA_HOME=self.folder, XDG_CACHE_HOME=self.folder)
        env.update(environment or {})
        self.process = subprocess.Popen([program, *map(str, files)], env=env, stderr=stderr)
        self.xid = wait_for(self._find_xid)
        if not self.xid:
            raise RuntimeError("the window did not open")
        run("xdotool", "windowsize", "--sync", self.xid, str(width), str(height))
        run("xdotool", "windowmove", self.xid, "0", "0")
        self.app = wait_for(self._find_app)
        if not self.app:
            raise RuntimeError("the window is not in the accessibility tree")

    def find_xids(self):
        """Of the windows that are seen, the newest last."""
        return subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
            capture_output=True, text=True).stdout.split()

    def _find_xid(self):
        found = self.find_xids()
        return found[-1] if found else None

    def _find_app(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(i)
            if app is not None and app.get_process_id() == self.process.pid:
                return app
        return None

    def walk(self, node=None):
        """All that is visible; what lies in something hidden is hidden too."""
        node = node or self.app
        states = ask(node.get_state_set)
        if states is None or (node is not self.app
                              and not states.contains(Atspi.StateType.VISIBLE)):
            return
        yield node
        # Tables have thousands of cells; each look at one is a message on the bus.
        count = 0 if ask(node.get_role_name) == "tree table" else ask(node.get_child_count) or 0
        for i in range(count):
            child = ask(lambda: node.get_child_at_index(i))
            if child is not None:
                yield from self.walk(child)

    def showing(self, role=None):
        for node in self.walk():
            if role is None or ask(node.get_role_name) == role:
                yield node

    def find(self, role=None, name=None, part=None):
        for node in self.showing(role):
            text = ask(node.get_name) or ""
            if (name is None or text == name) and (part is None or part in text):
                return node
        return None

    def texts(self):
        return [ask(node.get_name) or "" for node in self.showing()]

    def action(self, detailed):
        """Any action of the window, over D-Bus."""
        run("gapplication", "action", APP_ID, "run-action", f'"{detailed}"')

    def screenshot(self, path):
        if os.path.exists(path):
            os.remove(path)
        run("gapplication", "action", APP_ID, "screenshot", f"'{path}'")
        return wait_for(lambda: os.path.exists(path))

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def path_to(node, most=5):
    """“Mean” in its parents, for a person who reads a failure."""
    names = []
    while node is not None and len(names) < most:
        names.append(f"{ask(node.get_role_name)} “{(ask(node.get_name) or '')[:60]}”")
        node = ask(node.get_parent)
    return " in ".join(names)


class Focus:
    """Presses keys and follows the focus as a screen reader does, by its events."""

    def __init__(self):
        self.node = None
        self.moves = 0
        self.listener = Atspi.EventListener.new(self._moved)
        self.listener.register("object:state-changed:focused")

    def _moved(self, event, *_):
        if event.detail1:
            self.node = event.source
            self.moves += 1

    def pump(self, condition=lambda: False, seconds=0.3):
        """Takes events until the condition is true."""
        context = gi.repository.GLib.MainContext.default()
        end = time.monotonic() + seconds
        while not condition() and time.monotonic() < end:
            if not context.iteration(False):
                time.sleep(0.01)
        return condition()

    def hear_out(self):
        """Until what thousands of controls said when they went has been heard."""
        context = gi.repository.GLib.MainContext.default()
        end, since = time.monotonic() + 60, time.monotonic()
        while time.monotonic() < end and time.monotonic() - since < 1.5:
            if context.iteration(False):
                since = time.monotonic()
            else:
                time.sleep(0.01)

    def press(self, *keys):
        for key in keys:
            run("xdotool", "key", key)
            self.pump(seconds=0.15)
        return self.node

    def move(self, *keys, seconds=3):
        """Keys that each move the focus."""
        for key in keys:
            before = self.moves
            run("xdotool", "key", key)
            self.pump(lambda: self.moves > before, seconds)
        return self.node

    def press_until(self, key, condition, most=40):
        """The node that the focus came to and that the condition holds for."""
        for _ in range(most):
            node = self.move(key)
            if node is not None and condition(node):
                return node
        return None


def drag(x0, y0, x1, y1, steps=12):
    """As a hand does it: press, move in small steps, wait a little, release."""
    run("xdotool", "mousemove", str(x0), str(y0))
    time.sleep(0.2)
    run("xdotool", "mousedown", "1")
    for i in range(1, steps + 1):
        run("xdotool", "mousemove", str(x0 + (x1 - x0) * i // steps),
            str(y0 + (y1 - y0) * i // steps))
        time.sleep(0.05)
    time.sleep(0.5)


def release():
    run("xdotool", "mouseup", "1")


def real_files(fallback):
    """Two measurements of real cells where there are any, else the simulated ones given."""
    shared = os.environ.get("PLATEAU_SHARED", "")
    names = ["arbin-csv/arbin_example.csv", "neware-ndax/nw4-120-1-6-53.ndax"]
    files = [os.path.join(shared, "data", "cycling", name) for name in names]
    if all(os.path.exists(file) for file in files):
        return files
    print("# SKIP: no real files here (PLATEAU_SHARED); simulated ones are dropped", file=sys.stderr)
    return fallback
