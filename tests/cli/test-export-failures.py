#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk that fills up, a folder that is not there, a kill in the middle: figures and workbooks are
whole or absent, the old file stays, and the reason is said."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = None
OLD = b"the file that was there before\n"


def small_disk(limit):
    """Files may not grow beyond the limit: writes fail as on a full disk."""
    def prepare():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    return prepare


def cycling_text(cycles):
    lines = ["Test Time / s,Voltage / V,Current / A"]
    t = 0.0
    for _ in range(cycles):
        for sign in (1, -1):
            for i in range(61):
                v = 3 + i / 60 if sign > 0 else 4 - i / 60
                lines.append(f"{t!r},{v!r},{sign * 1e-3!r}")
                t += 60.0
    return "\n".join(lines) + "\n"


class Failures(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        with open(os.path.join(self.folder, "cell.bdf.csv"), "w") as file:
            file.write(cycling_text(60))
        with open(os.path.join(self.folder, "cells.csv"), "w") as file:
            file.write("file,cell,sample,family,role,mass_mg\ncell.bdf.csv,cell,P-LCO,LCO,pristine,10\n")
        done = self.run_cli("build", "cells.csv", "-o", "study.plateau")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.out = os.path.join(self.folder, "out")
        os.mkdir(self.out)

    def tearDown(self):
        shutil.rmtree(self.folder)

    def run_cli(self, *arguments, **how):
        return subprocess.run([PROGRAM, *arguments], cwd=self.folder, capture_output=True, text=True,
                              **how)

    def command(self, name):
        path = os.path.join(self.out, name)
        if name.endswith(".xlsx"):
            return ["export", "study.plateau", "-o", path]
        return ["figure", "study.plateau", "--plot", "potential-capacity", "--dpi", "600", "-o", path]

    def write_old(self, name):
        with open(os.path.join(self.out, name), "wb") as file:
            file.write(OLD)

    def check_old(self, name):
        with open(os.path.join(self.out, name), "rb") as file:
            self.assertEqual(file.read(), OLD)

    def test_full_disk(self):
        for name in ("figure.png", "figure.tiff", "figure.pdf", "figure.svg", "figure.eps", "book.xlsx"):
            with self.subTest(name=name):
                self.write_old(name)
                whole = self.run_cli(*self.command("whole-" + name))
                self.assertEqual(whole.returncode, 0, whole.stderr)
                size = os.path.getsize(os.path.join(self.out, "whole-" + name))
                os.remove(os.path.join(self.out, "whole-" + name))
                done = self.run_cli(*self.command(name), preexec_fn=small_disk(size // 2),
                                    restore_signals=False)
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertIn(name, done.stderr)
                self.check_old(name)
                self.assertEqual(sorted(os.listdir(self.out)), [name])
                os.remove(os.path.join(self.out, name))

    def test_no_folder(self):
        for name in ("figure.pdf", "book.xlsx"):
            arguments = self.command(name)
            arguments[-1] = os.path.join(self.folder, "nowhere", name)
            done = self.run_cli(*arguments)
            self.assertEqual(done.returncode, 1)
            self.assertIn("nowhere", done.stderr)
            self.assertFalse(os.path.exists(os.path.join(self.folder, "nowhere")))

    def test_file_as_folder(self):
        arguments = self.command("figure.pdf")
        arguments[-1] = os.path.join(self.folder, "cells.csv", "figure.pdf")
        done = self.run_cli(*arguments)
        self.assertEqual(done.returncode, 1)
        self.assertIn("cells.csv", done.stderr)

    def test_kill(self):
        """Killed at one moment after the other: the target is the old file or the whole new one."""
        for name in ("figure.tiff", "book.xlsx"):
            begun = time.monotonic()
            self.run_cli(*self.command(name))
            whole = time.monotonic() - begun
            with open(os.path.join(self.out, name), "rb") as file:
                size = len(file.read())
            for k in range(12):
                self.write_old(name)
                child = subprocess.Popen([PROGRAM, *self.command(name)], cwd=self.folder,
                                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(whole * (k + 0.5) / 12)
                child.kill()
                child.wait()
                with open(os.path.join(self.out, name), "rb") as file:
                    found = file.read()
                self.assertTrue(found == OLD or abs(len(found) - size) < 64, (name, k, len(found)))


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=1)
