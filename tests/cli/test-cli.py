#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs plateau-cli as a program: exit status, keys, absent values, bad files among good ones."""

import contextlib
import json
import math
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import unittest

PROGRAM = None

INFO_KEYS = {
    "reader", "instrument", "technique", "kinds", "rows", "duration_s", "columns",
    "potential_first_V", "potential_last_V", "current_max_abs_mA", "cycles", "spectra", "started",
    "size_bytes", "sha256", "warnings",
}
EIS_KEYS = {
    "index", "points", "frequency_Hz", "z_re_ohm", "z_im_ohm", "potential_V", "time_s", "cycle",
    "temperature_C", "amplitude", "mode", "dc_current_mA", "label",
}


def spectrum_text(n=21, r0=10.0, r1=100.0, tau=1e-3, shift=0.0):
    lines = ["f (Hz),Z' (Ohm),Z'' (Ohm)"]
    for i in range(n):
        f = 10 ** (5 - 6 * i / (n - 1))
        w = 2 * math.pi * f * tau
        lines.append(f"{f!r},{r0 + shift + r1 / (1 + w * w)!r},{-r1 * w / (1 + w * w)!r}")
    return "\n".join(lines) + "\n"


def cycling_text(cycles=2, start=0.0):
    """Constant current up and down between 3 and 4 V: 1 mAh each way at 1 mA."""
    lines = ["Test Time / s,Voltage / V,Current / A"]
    t = start
    for _ in range(cycles):
        for sign in (1, -1):
            for i in range(61):
                x = i / 60
                v = 3 + x if sign > 0 else 4 - x
                lines.append(f"{t!r},{v!r},{sign * 1e-3!r}")
                t += 60.0
    return "\n".join(lines) + "\n"


def titration_text(pulses=8, tau=600, rest=3600, ir=0.05, step=0.01):
    """Pulses whose potential rises as sqrt (t) after a jump, with rests."""
    lines, t, relaxed = ["Test Time / s,Voltage / V,Current / A"], 0.0, 3.6
    for i in range(4):
        lines.append(f"{t!r},{relaxed!r},0")
        t += 30.0
    t -= 30.0
    for _ in range(pulses):
        for k in range(1, tau // 10 + 1):
            t += 10.0
            lines.append(f"{t!r},{relaxed + ir + 4e-3 * math.sqrt(10 * k)!r},{1e-4!r}")
        relaxed += step
        for k in range(1, rest // 60 + 1):
            t += 60.0
            lines.append(f"{t!r},{relaxed + 0.05 * math.exp(-k / 5)!r},0")
    return "\n".join(lines) + "\n"


class Cli(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def write(self, name, content):
        mode = "wb" if isinstance(content, bytes) else "w"
        with open(self.path(name), mode) as file:
            file.write(content)
        return self.path(name)

    def run_cli(self, *arguments, status=0, environment=None):
        done = subprocess.run(
            [PROGRAM, *arguments], capture_output=True, text=True, timeout=120,
            env={**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})})
        self.assertEqual(done.returncode, status, done.stderr + done.stdout)
        return done

    def results(self, *arguments, status=0):
        done = self.run_cli(*arguments, "--format", "json", status=status)
        document = json.loads(done.stdout)
        self.assertEqual(document["program"], "plateau-cli")
        self.assertEqual(document["command"], arguments[0])
        self.assertTrue(document["version"])
        return document["results"]

    # Wrong usage

    def test_wrong_usage_is_2(self):
        eis = self.write("a.csv", spectrum_text())
        for arguments in (
            [], ["nonsense"], ["info"], ["info", "--nonsense", eis], ["eis", "--format", "xml", eis],
            ["eis", "--spectra", "3-1", eis], ["info", "--mass-mg", "-2", eis],
            ["info", "--mass-mg", "heavy", eis], ["info", "--reader", "nonsense", eis],
            ["info", "--column", "colour=red", eis], ["info", "--column", "potential", eis],
            ["convert", eis], ["build", eis], ["convert", eis, eis, "-o", self.path("x.csv")],
        ):
            done = self.run_cli(*arguments, status=2)
            self.assertTrue(done.stderr.startswith("plateau-cli: "), done.stderr)
            self.assertEqual(done.stdout, "")

    def test_help_and_version_are_0(self):
        self.assertIn("info", self.run_cli("--help").stdout)
        self.assertIn("--mass-mg", self.run_cli("eis", "--help").stdout)
        self.assertTrue(self.run_cli("--version").stdout.startswith("plateau-cli "))
        self.assertTrue(self.run_cli("info", "--version").stdout.startswith("plateau-cli "))

    # Wrong spectra: a sentence or a right answer

    def test_wrong_spectra(self):
        frequencies = [10 ** (6 - 7 * i / 70) for i in range(71)]

        def impedance(f):
            w = 2j * math.pi * f
            return 10 + 50 / (1 + (w * 1e-3) ** 0.9) + 30 / (1 + (w * 0.1) ** 0.85)

        def write(name, points):
            head = "Frequency/Hz,Z'/ohm,Z''/ohm\n"
            rows = (f"{f!r},{z.real!r},{z.imag!r}\n" for f, z in points)
            return self.write(name, head + "".join(rows))

        def drt(points, *options):
            (result,) = self.results("drt", write("case.csv", points), *options)
            return result["spectra"][0]

        good = [(f, impedance(f)) for f in frequencies]
        wanted = drt(good)
        absent = complex(math.nan, math.nan)
        many = [10 ** (6 - 7 * i / 9999) for i in range(10000)]
        for points in (
            good[::-1], [p for p in good for _ in range(2)], good[:9] + [(5e4, absent)] + good[9:],
            good + [(0.0, 90 + 0j), (-1.0, 90 + 0j)], [(f, impedance(f)) for f in many],
        ):
            found = drt(points)
            self.assertAlmostEqual(found["r_inf_ohm"], 10, delta=0.1)
            self.assertAlmostEqual(found["polarisation_resistance_ohm"],
                                   wanted["polarisation_resistance_ohm"], delta=0.1)

        # all inductive, or a resistance alone: no process; a circuit's arc is not determined
        for points in ([(f, 5 + 2e-5j * math.pi * f) for f in frequencies],
                       [(f, 5 + 0j) for f in frequencies]):
            found = drt(points)
            self.assertAlmostEqual(found["r_inf_ohm"], 5, delta=1e-6)
            self.assertLess(found["polarisation_resistance_ohm"], 1e-6)
            self.assertEqual(found["peaks"], [])
            (result,) = self.results("fit", write("flat.csv", points), "--circuit", "R0-p(R1,CPE1)")
            fit = result["spectra"][0]
            self.assertFalse(next(p for p in fit["parameters"] if p["name"] == "R1")["determined"])
            self.assertIn("R1 is not determined by the data", " ".join(fit["warnings"]))

        # noise, and a cell that changed while it was measured: said by the test and the DRT
        random_numbers = random.Random(1)
        gauss = [complex(random_numbers.gauss(0, 1), random_numbers.gauss(0, 1)) for _ in frequencies]
        drifting = [(f, 10 + 50 * (1 + i / 35) / (1 + (2j * math.pi * f * 0.1) ** 0.9))
                    for i, f in enumerate(frequencies)]
        found = drt(list(zip(frequencies, gauss)))
        self.assertEqual(found["kk_verdict"], "fails")
        self.assertIn("the data do not determine its peaks", " ".join(found["warnings"]))
        found = drt(drifting)
        self.assertEqual(found["kk_verdict"], "fails")
        self.assertIn("Kramers-Kronig: ", " ".join(found["warnings"]))
        self.assertEqual(wanted["kk_verdict"], "sound")
        self.assertEqual(wanted["warnings"], [])
        (result,) = self.results("fit", write("noise.csv", list(zip(frequencies, gauss))),
                                 "--circuit", "R0-p(R1,CPE1)")
        self.assertIn("The circuit misses the data", " ".join(result["spectra"][0]["warnings"]))

        # |Z| over ten decades: the circuit is met
        wide = write("wide.csv", [(f, 1e-3 + 1e7 / (1 + 2e3j * math.pi * f)) for f in frequencies])
        (result,) = self.results("fit", wide, "--circuit", "R0-p(R1,C1)")
        values = {p["name"]: p["value"] for p in result["spectra"][0]["parameters"]}
        self.assertAlmostEqual(values["R1"] * values["C1"], 1e3, delta=1)
        self.assertAlmostEqual(values["R1"] / 1e7, 1, delta=1e-3)

        # sentences
        two = write("two.csv", good[:2])
        noise = write("noise.csv", [(f, complex(math.sin(7 * i * i), math.cos(5 * i * i)))
                                    for i, f in enumerate(frequencies)])
        lost = write("lost.csv", [(f, absent) for f in frequencies])
        for arguments, sentence in (
            (("drt", two), "2 usable points"), (("kk", two), "2 usable points"),
            (("fit", two, "--circuit", "R0-p(R1,CPE1)"), "2 points cannot determine"),
            (("drt", lost), "no point with a frequency above 0"),
            (("fit", noise, "--circuit", "R0-p(R1,CPE1)-p(R2,CPE2)-p(R3,CPE3)"), "did not converge"),
        ):
            self.assertIn(sentence, self.run_cli(*arguments, status=1).stderr)
        path = write("good.csv", good)
        for circuit, place, sentence in (
            ("R0-p(R1,CPX1)", 9, "is not an element"), ("R0-p(R1,CPE1", 4, "never closed"),
            ("R(RQ)X", 6, "is not an element"), ("R0--R1", 4, "expected an element"),
            ("R0-R0", 4, "used twice"), ("p(R1)", 1, "two branches"),
        ):
            message = self.run_cli("fit", path, "--circuit", circuit, status=2).stderr
            self.assertIn(f"character {place}:", message)
            self.assertIn(sentence, message)

    # Masks, drift, Hilbert transform

    def test_drift_masks_and_hilbert(self):
        # a charge-transfer arc that grows while each of five spectra is taken
        frequencies = [10 ** (4 - i / 10) for i in range(61)]
        rows = ["Frequency/Hz,Z'/ohm,Z''/ohm,time/s\n"]
        for k in range(5):
            for i, f in enumerate(frequencies):
                seconds = 2000 * k + 20 * i
                z = 10 + (50 + 0.02 * seconds) / (1 + (2j * math.pi * f * 0.02) ** 0.9)
                rows.append(f"{f!r},{z.real!r},{z.imag!r},{seconds!r}\n")
        path = self.write("series.csv", "".join(rows))
        (result,) = self.results("kk", path, "--correct-drift")
        self.assertEqual(len(result["spectra"]), 5)
        for test in result["spectra"]:
            self.assertEqual(test["before_drift_correction"]["verdict"], "fails")
            self.assertEqual(test["verdict"], "sound")
            self.assertEqual(test["failing_points"], 0)
            self.assertLess(test["verdict_largest_residual_percent"], 1)
        (plain,) = self.results("kk", path)
        self.assertNotIn("before_drift_correction", plain["spectra"][0])
        self.assertEqual(plain["spectra"][0]["verdict"], "fails")
        (corrected,) = self.results("drt", path, "--correct-drift", "--spectra", "2-4")
        self.assertEqual([s["index"] for s in corrected["spectra"]], [2, 3, 4])
        for spectrum in corrected["spectra"]:  # the arc at the time at which the spectrum began
            self.assertAlmostEqual(spectrum["polarisation_resistance_ohm"],
                                   50 + 40 * (spectrum["index"] - 1), delta=1.5)

        # points left out by frequency, by hand, and because the test fails
        spoilt = [(f, 10 + 50 / (1 + (2j * math.pi * f * 0.02) ** 0.9)) for f in frequencies]
        spoilt[20] = (spoilt[20][0], spoilt[20][1] * 1.05)
        path = self.write("spoilt.csv", "Frequency/Hz,Z'/ohm,Z''/ohm\n" + "".join(
            f"{f!r},{z.real!r},{z.imag!r}\n" for f, z in spoilt))
        for options, points in (((), 61), (("--frequency-low", "0.1"), 51),
                                (("--frequency-low", "0.1", "--frequency-high", "100"), 31),
                                (("--mask-kk",), 60)):
            (result,) = self.results("eis", path, *options)
            self.assertEqual(result["spectra"][0]["points"], points, options)
        (result,) = self.results("kk", path)
        self.assertEqual(result["spectra"][0]["verdict"], "mask")
        (result,) = self.results("kk", path, "--mask-kk")
        self.assertEqual(result["spectra"][0]["verdict"], "sound")

        (result,) = self.results("drt", path, "--mask-kk", "--hilbert")
        scores = result["spectra"][0]["hilbert"]
        for part in ("re", "im"):
            self.assertGreater(scores["s_mu_" + part], 0.97)
            for name in ("1sigma", "2sigma", "3sigma", "hellinger", "jensen_shannon"):
                self.assertTrue(0 <= scores[f"s_{name}_{part}"] <= 1, (name, part))

    # Keys and absent values

    def test_info_keys(self):
        path = self.write("a.bdf.csv", cycling_text())
        (result,) = self.results("info", path, "--offset-V", "0.62")
        self.assertLessEqual(INFO_KEYS, set(result))
        self.assertEqual(result["file"], path)
        self.assertEqual(result["rows"], 244)
        self.assertEqual(result["offset_V"], 0.62)
        self.assertAlmostEqual(result["potential_first_V"], 3.62, 12)
        self.assertAlmostEqual(result["current_max_abs_mA"], 1.0, 12)
        self.assertAlmostEqual(result["duration_s"], 243 * 60.0, 9)
        self.assertEqual(result["spectra"], 0)
        self.assertEqual(result["kinds"], ["cycling"])
        self.assertIsNone(result["started"])
        self.assertEqual(result["size_bytes"], os.path.getsize(path))
        import hashlib
        with open(path, "rb") as file:
            self.assertEqual(result["sha256"], hashlib.sha256(file.read()).hexdigest())
        for column in result["columns"]:
            self.assertEqual(set(column), {"name", "unit"})

    def test_eis_keys_and_values(self):
        path = self.write("cell_-25C.csv", spectrum_text())
        (result,) = self.results("eis", path)
        (spectrum,) = result["spectra"]
        self.assertLessEqual(EIS_KEYS, set(spectrum))
        self.assertEqual(spectrum["points"], 21)
        self.assertEqual(spectrum["frequency_Hz"][0], 1e5)
        self.assertTrue(all(z < 0 for z in spectrum["z_im_ohm"]))
        self.assertAlmostEqual(spectrum["temperature_C"], -25, 9)
        for absent in ("potential_V", "time_s", "cycle", "amplitude", "mode", "dc_current_mA"):
            self.assertIsNone(spectrum[absent], absent)

    def test_csv_leaves_absent_values_empty(self):
        path = self.write("a.csv", spectrum_text())
        lines = self.run_cli("eis", "--format", "csv", path).stdout.splitlines()
        self.assertEqual(lines[0], f"# file: {path}")
        self.assertEqual(lines[1], "# offset_V: 0")
        head = next(line for line in lines if not line.startswith("#")).split(",")
        row = lines[lines.index(",".join(head)) + 1].split(",")
        self.assertEqual(row[head.index("potential_V")], "")
        self.assertEqual(float(row[head.index("frequency_Hz")]), 1e5)
        self.assertEqual(len([line for line in lines if not line.startswith("#")]), 22)
        self.assertNotIn("nan", "\n".join(lines).lower().replace(path.lower(), ""))

    def test_numbers_read_back(self):
        path = self.write("a.csv", spectrum_text())
        (result,) = self.results("eis", path)
        want = [line.split(",") for line in spectrum_text().splitlines()[1:]]
        spectrum = result["spectra"][0]
        for i, (f, re, im) in enumerate(want):
            self.assertEqual(spectrum["frequency_Hz"][i], float(f))
            self.assertEqual(spectrum["z_re_ohm"][i], float(re))
            self.assertEqual(spectrum["z_im_ohm"][i], float(im))

    def test_locale_changes_nothing(self):
        path = self.write("a.csv", spectrum_text())
        plain = self.run_cli("eis", path).stdout
        for locale in ("de_DE.UTF-8", "fr_FR.UTF-8"):
            other = self.run_cli("eis", path, environment={"LC_ALL": locale}).stdout
            self.assertEqual(plain, other)

    # Bad files

    def test_bad_files_among_good(self):
        good = self.write("good.csv", spectrum_text())
        files = [
            self.path("absent.csv"), good, self.write("empty.csv", ""),
            self.write("noise.mpr", bytes(range(256)) * 8), self.write("words.txt", "nothing here\n"),
            self.folder.name, good,
        ]
        done = self.run_cli("eis", *files, "--format", "json", status=1)
        results = json.loads(done.stdout)["results"]
        self.assertEqual([result["file"] for result in results], files)
        for i, result in enumerate(results):
            if files[i] == good:
                self.assertEqual(len(result["spectra"]), 1)
            else:
                self.assertEqual(set(result), {"file", "error"})
                self.assertTrue(result["error"])
        lines = done.stderr.splitlines()
        self.assertEqual(len(lines), 5, done.stderr)
        for line in lines:
            self.assertTrue(line.startswith("plateau-cli: /"), line)

    def test_jobs_change_nothing(self):
        files = [self.write(f"{i}.csv", spectrum_text(shift=i)) for i in range(20)]
        one = self.run_cli("eis", *files, "--jobs", "1").stdout
        many = self.run_cli("eis", *files, "--jobs", "8").stdout
        self.assertEqual(one, many)
        self.assertEqual([r["spectra"][0]["z_re_ohm"][0] > 9 for r in self.results("eis", *files)],
                         [True] * 20)

    # Choosing

    def test_spectra_option(self):
        path = self.write("a.csv", "".join(spectrum_text(shift=i) for i in range(5)))
        (result,) = self.results("eis", path, "--spectra", "2,4-")
        self.assertEqual([s["index"] for s in result["spectra"]], [2, 4, 5])

    def test_columns_by_hand(self):
        text = spectrum_text().replace("f (Hz),Z' (Ohm),Z'' (Ohm)", "eins,zwei,drei", 1)
        path = self.write("a.csv", text)
        (result,) = self.results(
            "eis", path, "--reader", "eis-text", "--column", "frequency=eins",
            "--column", "z_re=zwei", "--column", "z_im=drei")
        self.assertEqual(result["spectra"][0]["points"], 21)

    def test_join(self):
        second = self.write("b.bdf.csv", cycling_text(1, 20000.0))
        first = self.write("a.bdf.csv", cycling_text(2))
        (result,) = self.results("info", first, second, "--join")
        self.assertEqual(result["file"], [first, second])
        self.assertEqual(result["rows"], 244 + 122)
        bad = self.path("absent.csv")
        joined, failed = sorted(
            self.results("info", first, bad, second, "--join", status=1), key=lambda r: "error" in r)
        self.assertEqual(joined["rows"], 244 + 122)
        self.assertEqual(set(failed), {"file", "error"})

    # Files made

    def test_output(self):
        path = self.write("a.csv", spectrum_text())
        out = self.path("out.json")
        done = self.run_cli("eis", path, "--format", "json", "--output", out)
        self.assertEqual(done.stdout, "")
        with open(out) as file:
            self.assertEqual(len(json.load(file)["results"]), 1)
        done = self.run_cli("eis", path, "-o", self.path("no/such/folder.csv"), status=1)
        self.assertTrue(done.stderr.startswith("plateau-cli: "))
        self.assertEqual(sorted(os.listdir(self.folder.name)), ["a.csv", "out.json"])

    def test_convert_round_trip(self):
        path = self.write("a.bdf.csv", cycling_text())
        out = self.path("b.bdf.csv")
        self.results("convert", path, "-o", out)
        before, after = self.results("info", path, out)
        for key in ("rows", "duration_s", "potential_first_V", "potential_last_V",
                    "current_max_abs_mA", "cycles"):
            self.assertEqual(before[key], after[key], key)
        with open(out) as file:
            self.assertTrue(
                file.readline().startswith("Test Time / s,Voltage / V,Current / A"))

    def test_convert_spectra(self):
        path = self.write("a.csv", "".join(spectrum_text(shift=i) for i in range(3)))
        out = self.path("b.csv")
        self.results("convert", path, "-o", out)
        before, after = self.results("eis", path, out)
        self.assertEqual(len(after["spectra"]), 3)
        for a, b in zip(before["spectra"], after["spectra"]):
            for key in ("frequency_Hz", "z_re_ohm", "z_im_ohm"):
                self.assertEqual(a[key], b[key])

    # Projects

    def build(self, status=0, extra=""):
        self.write("p1.bdf.csv", cycling_text())
        self.write("m_1.csv", spectrum_text())
        self.write("m_2.csv", spectrum_text(shift=1))
        sheet = self.write(
            "cells.csv",
            "file,cell,sample,family,role,mass_mg,one_c_mAh_g,offset_V,operator\n"
            "p1.bdf.csv,P1,P-LCO,LCO,pristine,10,140,0.62,Kim\n"
            "m_*.csv,M1,SR-LCO,LCO,modified,12,140,,Lee\n" + extra)
        project = self.path("study.plateau")
        done = self.run_cli("build", sheet, "-o", project, "--format", "json", status=status)
        return project, json.loads(done.stdout)["results"][0], done

    def test_build_and_project_input(self):
        project, made, _ = self.build()
        self.assertEqual((made["samples"], made["cells"], made["measurements"]), (2, 2, 3))
        results = self.results("info", project)
        by_cell = {result["cell"]: result for result in results}
        self.assertEqual(set(by_cell), {"P1", "M1"})
        pristine = by_cell["P1"]
        self.assertEqual((pristine["sample"], pristine["family"], pristine["role"]),
                         ("P-LCO", "LCO", "pristine"))
        self.assertEqual(pristine["file"], project)
        self.assertEqual(pristine["offset_V"], 0.62)
        self.assertAlmostEqual(pristine["potential_first_V"], 3.62, 12)
        self.assertEqual(pristine["rows"], 244)
        self.assertEqual(by_cell["M1"]["spectra"], 2)

    def test_project_cells_without_data_are_passed_over(self):
        project, _, _ = self.build()
        (result,) = self.results("eis", project)
        self.assertEqual(result["cell"], "M1")
        (result,) = self.results("eis", project, "--cell", "P1", status=1)
        self.assertIn("error", result)
        (result,) = self.results("eis", project, "--cell", "nobody", status=1)
        self.assertIn("nobody", result["error"])

    def test_build_says_what_is_wrong(self):
        _, made, done = self.build(status=1, extra="absent.csv,X1,P-LCO,LCO,pristine,9,140,,\n")
        self.assertEqual(made["measurements"], 3)
        self.assertEqual(len(made["failed"]), 1)
        self.assertIn("absent.csv", done.stderr)
        _, made, done = self.build(status=1, extra="p1.bdf.csv,X1,P-LCO,LCO,pristine,heavy,140,,\n")
        self.assertIn("line 4", made["error"])
        self.assertIn("mass_mg", made["error"])
        _, made, done = self.build(status=1, extra="p1.bdf.csv,X1,P-LCO,LCO,modified,9,140,,\n")
        self.assertIn("role", made["error"])
        _, made, done = self.build(status=1, extra="q_*.csv,X1,P-LCO,LCO,pristine,9,140,,\n")
        self.assertIn("q_*.csv", done.stderr)

    def keep(self, project, analysis, settings):
        """As the window keeps them."""
        with contextlib.closing(sqlite3.connect(project)) as base, base:
            base.execute("REPLACE INTO settings VALUES (?, ?)", (analysis, json.dumps(settings)))

    def test_settings_of_the_project_count(self):
        project, _, _ = self.build()
        (before,) = self.results("drt", project)
        self.assertEqual(before["spectra"][0]["lambda"], 1e-3)
        self.keep(project, "drt", {"lambda-value": 0.02, "points-per-decade": 5})
        self.keep(project, "drt-windows", {"windows": "charge transfer|CT|1e-5|1e-1"})
        (kept,) = self.results("drt", project)
        self.assertEqual(kept["spectra"][0]["lambda"], 0.02)
        self.assertLess(len(kept["spectra"][0]["tau_s"]), len(before["spectra"][0]["tau_s"]))
        self.assertEqual(kept["spectra"][0]["peaks"][0]["assignment"], "charge transfer")
        (said,) = self.results("drt", project, "--lambda", "0.005")
        self.assertEqual(said["spectra"][0]["lambda"], 0.005)
        self.assertEqual(len(said["spectra"][0]["tau_s"]), len(kept["spectra"][0]["tau_s"]))
        (alone,) = self.results("drt", self.path("m_1.csv"))
        self.assertEqual(alone["spectra"][0]["lambda"], 1e-3, "a measurement has no settings")
        self.keep(project, "drt", {"lambda-value": "much"})
        (failed,) = self.results("drt", project, status=1)
        self.assertIn("much", failed["error"])

    def test_circuit_and_masks_of_the_project(self):
        project, _, _ = self.build()
        (missing,) = self.results("fit", project, status=1)
        self.assertIn("--circuit", missing["error"])
        self.run_cli("fit", self.path("m_1.csv"), status=2)
        self.keep(project, "circuit", {"circuit": "R0-p(R1,C1)"})
        self.keep(project, "impedance", {"frequency-low": 1.0})
        (fitted,) = self.results("fit", project)
        self.assertEqual(fitted["spectra"][0]["circuit"], "R0-p(R1,C1)")
        (eis,) = self.results("eis", project)
        self.assertLess(len(fitted["spectra"][0]["z_re_ohm"]), eis["spectra"][0]["points"])

    def test_titration_of_a_project(self):
        self.write("t.bdf.csv", titration_text())
        sheet = self.write("t-cells.csv", "file,cell,sample,mass_mg,radius_um\nt.bdf.csv,T1,LCO,10,3\n")
        project = self.path("t.plateau")
        self.run_cli("build", sheet, "-o", project)
        (ends,) = self.results("gitt", project)
        self.assertEqual(len(ends["pulses"]), 8)
        self.assertEqual(ends["length_um"], 1)
        self.keep(project, "gitt", {"method": "sqrt-fit", "fit-window": "0.5:1"})
        (kept,) = self.results("gitt", project)
        (said,) = self.results("gitt", self.path("t.bdf.csv"), "--mass-mg", "10", "--radius-um", "3",
                               "--method", "sqrt-fit", "--fit-window", "0.5:1")
        for a, b, c in zip(kept["pulses"], said["pulses"], ends["pulses"]):
            self.assertEqual(a["diffusion_cm2_s"], b["diffusion_cm2_s"])
            self.assertNotEqual(a["diffusion_cm2_s"], c["diffusion_cm2_s"])
            self.assertAlmostEqual(a["delta_et_V"], 4e-3 * math.sqrt(600), 6)
        (other,) = self.results("gitt", project, "--method", "endpoints")
        for a, b in zip(other["pulses"], ends["pulses"]):
            self.assertEqual(a["diffusion_cm2_s"], b["diffusion_cm2_s"])

    def test_export(self):
        import zipfile
        project, _, _ = self.build()
        first, second = self.path("1.xlsx"), self.path("2.xlsx")
        (result,) = self.results("export", project, "-o", first, "--created", "1000000000")
        self.assertEqual((result["output"], result["cells"]), (first, 2))
        self.run_cli("export", project, "-o", second, "--created", "1000000000", "--jobs", "1")
        with open(first, "rb") as one, open(second, "rb") as two:
            self.assertEqual(one.read(), two.read())
        with zipfile.ZipFile(first) as book:
            self.assertIsNone(book.testzip())
            sheets = book.read("xl/workbook.xml").decode()
            charts = [name for name in book.namelist() if name.startswith("xl/charts/chart")]
        for sheet in ("Summary", "Cells", "P1", "EIS M1", "Settings", "Sources"):
            self.assertIn(f'name="{sheet}"', sheets)
        self.assertEqual(len(charts), 5)
        self.run_cli("export", project, "-o", second, "--no-charts")
        with zipfile.ZipFile(second) as book:
            self.assertFalse([n for n in book.namelist() if n.startswith("xl/charts/")])
        self.run_cli("export", project, "-o", second, "--raw", "--cell", "P1")
        with zipfile.ZipFile(second) as book:
            rows = book.read("xl/worksheets/sheet1.xml").decode().count("<row ")
        self.assertGreaterEqual(rows, 244 + 2)
        self.run_cli("export", project, "-o", second, "--cell", "nobody", status=1)
        self.run_cli("export", project, status=2)
        template = self.write("t.json", '{"heads": "nonsense"}')
        done = self.run_cli("export", project, "-o", second, "--template", template, status=1)
        self.assertIn("nonsense", done.stderr)

    def test_export_measurements(self):
        a, b = self.write("a.bdf.csv", cycling_text()), self.write("b.bdf.csv", cycling_text(3))
        out = self.path("book.xlsx")
        (result,) = self.results("export", a, b, "-o", out, "--mass-mg", "10")
        self.assertEqual(result["cells"], 2)
        bad = self.path("absent.csv")
        results = self.results("export", a, bad, "-o", out, status=1)
        self.assertEqual(results[0]["cells"], 1)
        self.assertEqual(set(results[1]), {"file", "error"})

    def test_figure_of_files(self):
        self.write("a.csv", cycling_text(3))
        self.write("b.csv", cycling_text(5))
        out = self.path("figure.svg")
        done = self.run_cli("figure", self.path("b.csv"), self.path("a.csv"),
                            "--template", "charge-and-discharge", "-o", out, "--format", "json")
        self.assertIn("“b” is taken as the pristine sample", done.stderr)
        result = json.loads(done.stdout)["results"][0]
        self.assertEqual(result["file"], [self.path("b.csv"), self.path("a.csv")])
        self.assertEqual([p["series"] for p in result["panels"]], [4])
        self.assertGreater(os.path.getsize(out), 1000)
        # One file stands for both samples, once; the conditions of a study do not shut it out.
        for template, series in (("charge-and-discharge", 2), ("rate-capability", 1)):
            done = self.run_cli("figure", self.path("a.csv"), "--template", template, "-o", out,
                                "--format", "json")
            self.assertIn("tells no role", done.stderr)
            panels = json.loads(done.stdout)["results"][0]["panels"]
            self.assertEqual(panels[0]["series"], series)
        self.write("bad.csv", "nothing")
        self.run_cli("figure", self.path("a.csv"), self.path("bad.csv"), "--template",
                     "charge-and-discharge", "-o", out, status=1)

    def test_figure_in_own_style(self):
        """A style that was saved in the window is known by its name."""
        data = self.path("data")
        folder = os.path.join(data, "plateau", "styles")
        os.makedirs(folder)
        own = {"plateau-style": 1, "name": "Our group", "style": "acs",
               "style_overrides": {"title_form": "slash", "curve_line_pt": 3.25}}
        with open(os.path.join(folder, "Our group.json"), "w", encoding="utf-8") as file:
            json.dump(own, file)
        environment = {"XDG_DATA_HOME": data}
        a, out = self.write("a.csv", cycling_text(3)), self.path("figure.svg")

        def draw(*arguments, status=0):
            done = self.run_cli("figure", a, "--plot", "potential-capacity", "-o", out, *arguments,
                                environment=environment, status=status)
            with open(out, encoding="utf-8") as file:
                return done, file.read()

        _, acs = draw("--style", "acs")
        _, ours = draw("--style", "Our group")
        self.assertIn('stroke-width="3.25"', ours)
        self.assertNotIn('stroke-width="3.25"', acs)
        listed = json.loads(self.run_cli("figure", "--list", "--format", "json",
                                         environment=environment).stdout)["results"][0]
        self.assertEqual(listed["own_styles"], ["Our group"])
        done, _ = draw("--style", "Theirs", status=1)
        self.assertIn("Theirs", done.stderr)
        self.assertIn("Our group", done.stderr)

    def test_manner(self):
        """Units and the form of titles as asked for; data keep theirs."""
        import zipfile
        project, _, _ = self.build()
        out = self.path("figure.svg")

        def words(*arguments):
            self.run_cli("figure", project, "--plot", "capacity-cycle", "-o", out, *arguments)
            with open(out, encoding="utf-8") as file:
                return file.read()

        plain, other = words(), words("--specific-unit", "Ah/kg", "--colours", "grey")
        self.assertNotEqual(plain, other)
        self.run_cli("figure", project, "--plot", "capacity-cycle", "-o", out,
                     "--specific-unit", "Ah/t", status=2)
        book = self.path("book.xlsx")
        text = {}
        for unit in ("C", "K"):
            self.run_cli("export", project, "-o", book, "--temperature-unit", unit,
                         "--specific-unit", "Ah/kg" if unit == "K" else "mAh/g")
            with zipfile.ZipFile(book) as archive:
                text[unit] = archive.read("xl/sharedStrings.xml").decode()
        self.assertIn("mAh g⁻¹", text["C"])
        self.assertNotIn("mAh g⁻¹", text["K"])
        self.assertIn("Ah kg⁻¹", text["K"])
        # A name that a person gave stays what it is.
        self.write("named.bdf.csv", cycling_text())
        sheet = self.write("named.csv", "file,cell,sample,family,role,mass_mg,one_c_mAh_g,temperature_C\n"
                           "named.bdf.csv,N1,NMC 800 °C,NMC,pristine,10,140,30\n")
        named = self.path("named.plateau")
        self.run_cli("build", sheet, "-o", named)
        self.run_cli("export", named, "-o", book, "--temperature-unit", "K")
        with zipfile.ZipFile(book) as archive:
            strings = archive.read("xl/sharedStrings.xml").decode()
        self.assertIn("NMC 800 °C", strings)
        self.assertNotIn("1073 K", strings)
        archive_path = self.path("figure.zip")
        self.run_cli("figure", named, "--plot", "capacity-cycle", "-o", archive_path,
                     "--temperature-unit", "K", "--specific-unit", "Ah/kg")
        with zipfile.ZipFile(archive_path) as archive:
            values = archive.read("data/panel-01.csv").decode()
            settings = json.loads(archive.read("settings.json"))
        self.assertIn("NMC 800 °C", values)
        self.assertNotIn("1073 K", values)
        self.assertIn("Ah kg", values)
        self.assertEqual(settings["document"]["style_overrides"]["per_kg"], True)
        hot = self.write("hot.csv", "Test Time / s,Voltage / V,Current / A,Temperature / degC\n"
                         + "".join(f"{i * 60},{3 + i / 100},1e-3,25.5\n" for i in range(50)))
        for unit, head, value in (("C", "°C", "25.5"), ("K", "/ K", "298.65")):
            self.run_cli("export", hot, "-o", book, "--raw", "--temperature-unit", unit)
            with zipfile.ZipFile(book) as archive:
                sheet = archive.read("xl/worksheets/sheet1.xml").decode()
            self.assertIn(head, sheet)
            self.assertIn(f"<v>{value}</v>", sheet)

    def test_damaged_project(self):
        project, _, _ = self.build()
        with open(project, "r+b") as file:
            file.truncate(3000)
        (result,) = self.results("info", project, status=1)
        self.assertEqual(set(result), {"file", "error"})


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=1)
