# SPDX-License-Identifier: GPL-3.0-or-later
"""From the start of the program to its window on the screen, empty and with the example; medians,
in rows as the other benchmarks print them."""

import os
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 5


def start(program, arguments):
    with tempfile.TemporaryDirectory(prefix="plateau-start-") as folder:
        env = dict(os.environ, GDK_BACKEND="x11", GSK_RENDERER="cairo", GSETTINGS_BACKEND="memory",
                   XDG_STATE_HOME=folder, XDG_CACHE_HOME=folder, XDG_DATA_HOME=folder)
        begin = time.monotonic()
        process = subprocess.Popen([program, *arguments], env=env)
        while not subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(process.pid)],
                                 capture_output=True).stdout:
            if process.poll() is not None or time.monotonic() - begin > 20:
                raise RuntimeError("the window did not open")
            time.sleep(0.005)
        seconds = time.monotonic() - begin
        process.terminate()
        process.wait(10)
        time.sleep(1)  # until its name is free on the bus
        return seconds


for what, arguments in {"start, empty": [], "start, example": ["--example"]}.items():
    median = statistics.median(start(sys.argv[1], arguments) for _ in range(RUNS))
    print(f"{what}\t{median * 1000:.0f}\tms\tbudget\t500", flush=True)
