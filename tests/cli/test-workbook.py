#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens the workbook of a study in LibreOffice, without a screen, and reads numbers, formulas and
charts back."""

import csv
import glob
import json
import math
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import zipfile

PROGRAM = None
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"


def cycling_text(cycles, fade):
    """Charges and discharges around 3.5 V, where dQ/dV has its one peak."""
    lines = ["Test Time / s,Voltage / V,Current / A"]
    t = 0.0
    for cycle in range(cycles):
        for sign in (1, -1):
            for i in range(241):
                x = i / 240
                v = 3.5 + sign * 0.06 * math.log((x + 1e-3) / (1 + 1e-3 - x))
                lines.append(f"{t!r},{v!r},{sign * 1e-3!r}")
                t += 15.0 * fade ** (cycle + (sign < 0))
    return "\n".join(lines) + "\n"


class Workbook(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        sheet = ["file,cell,sample,family,role,mass_mg,batch"]
        for i in range(4):
            with open(os.path.join(cls.folder, f"{i}.bdf.csv"), "w") as file:
                file.write(cycling_text(25, 0.99 - 0.002 * i))
            sample = "P-LCO,LCO,pristine" if i < 2 else "SR-LCO,LCO,modified"
            sheet.append(f"{i}.bdf.csv,cell {i},{sample},{10 + i},b{i}")
        with open(os.path.join(cls.folder, "cells.csv"), "w") as file:
            file.write("\n".join(sheet) + "\n")
        cls.run_cli("build", "cells.csv", "-o", "study.plateau", "--title", "A study")
        cls.run_cli("export", "study.plateau", "-o", "book.xlsx")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    @classmethod
    def run_cli(cls, *arguments):
        done = subprocess.run([PROGRAM, *arguments], cwd=cls.folder, capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        return done.stdout

    @classmethod
    def convert(cls, to, name):
        out = tempfile.mkdtemp(dir=cls.folder)
        subprocess.run(
            [OFFICE, "--headless", f"-env:UserInstallation=file://{cls.folder}/office",
             "--convert-to", to, "--outdir", out, os.path.join(cls.folder, name)],
            check=True, capture_output=True, timeout=300)
        return out

    def sheets(self, name):
        out = self.convert(ALL_SHEETS, name)
        tables = {}
        for path in glob.glob(os.path.join(out, "*.csv")):
            sheet = re.match(r".*?-(.*)\.csv$", os.path.basename(path)).group(1)
            with open(path, newline="") as file:
                tables[sheet] = list(csv.reader(file))
        return tables

    def test_numbers(self):
        tables = self.sheets("book.xlsx")
        self.assertEqual(
            set(tables),
            {"Study", "Cells", "Summary", "Compare", "cell 0", "cell 1", "cell 2", "cell 3",
             "dQdV cell 0", "dQdV cell 1", "dQdV cell 2", "dQdV cell 3", "dQdV peaks", "Settings",
             "Sources"})
        self.compare_dqdv(tables)
        results = json.loads(self.run_cli("cycles", "study.plateau", "--format", "json"))["results"]
        for result in results:
            rows = tables[result["cell"]]
            head = rows[3]
            column = next(i for i, text in enumerate(head)
                          if text.startswith("Discharge capacity / mAh") and "g" not in text[22:])
            for i, cycle in enumerate(result["cycles"]):
                self.assertTrue(math.isclose(float(rows[4 + i][column]),
                                             cycle["discharge_capacity_mAh"], rel_tol=1e-9))
        self.assertIn("b2", [text for row in tables["Cells"] for text in row])
        self.assertIn("batch", tables["Cells"][3])

    def compare_dqdv(self, tables):
        """Curves of the cycles 1, 2 and 25, and their peaks, are those of the command line."""
        results = json.loads(self.run_cli("dqdv", "study.plateau", "--cycles", "1,2,25",
                                          "--format", "json"))["results"]
        peaks = [row for row in tables["dQdV peaks"][4:] if row]
        found = iter(peaks)
        for result in results:
            rows = iter(tables["dQdV " + result["cell"]][4:])
            self.assertEqual([curve["cycle"] for curve in result["curves"]], [1, 1, 2, 2, 25, 25])
            for curve in result["curves"]:
                for potential, value in zip(curve["potential_V"], curve["dqdv_mAh_g_V"]):
                    row = next(rows)
                    self.assertEqual(row[:2], [str(curve["cycle"]), curve["branch"]])
                    self.assertTrue(math.isclose(float(row[2]), potential, rel_tol=1e-9))
                    self.assertTrue(math.isclose(float(row[4]), value, rel_tol=1e-9, abs_tol=1e-9))
                for peak in curve["peaks"]:
                    row = next(found)
                    self.assertEqual(row[0], result["cell"])
                    self.assertTrue(math.isclose(float(row[4]), peak["potential_V"], rel_tol=1e-9))
            self.assertIsNone(next(rows, None))
        self.assertIsNone(next(found, None))

    def without_cached_values(self):
        """The workbook with the results of its formulas taken out, so that they are computed."""
        name = "bare.xlsx"
        with zipfile.ZipFile(os.path.join(self.folder, "book.xlsx")) as book, \
                zipfile.ZipFile(os.path.join(self.folder, name), "w") as bare:
            for entry in book.namelist():
                content = book.read(entry)
                if entry == "xl/worksheets/sheet3.xml":
                    content, n = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
                    self.assertGreater(n, 20)
                bare.writestr(entry, content)
        return name

    def test_formulas(self):
        cached = self.sheets("book.xlsx")["Summary"]
        computed = self.sheets(self.without_cached_values())["Summary"]
        compared = 0
        for row, other in zip(cached, computed):
            for text, found in zip(row, other):
                try:
                    want = float(text)
                except ValueError:
                    self.assertEqual(text, found)
                    continue
                # A deviation of equal numbers is the root of what rounding leaves of their squares.
                self.assertTrue(math.isclose(want, float(found), rel_tol=1e-9, abs_tol=1e-8),
                                f"{want} in the file, {found} computed")
                compared += 1
        self.assertGreater(compared, 60)
        results = json.loads(self.run_cli("cycles", "study.plateau", "--format", "json"))["results"]
        column = cached[3].index("Capacity retention / %")
        loss = cached[3].index("Capacity loss per cycle / %")
        for i, result in enumerate(results):
            self.assertAlmostEqual(float(cached[4 + i][column]),
                                   result["summary"]["retention_percent"], 9)
            self.assertAlmostEqual(float(computed[4 + i][loss]),
                                   result["summary"]["capacity_loss_percent_per_cycle"], 9)

    def test_charts(self):
        out = self.convert("ods", "book.xlsx")
        with zipfile.ZipFile(os.path.join(out, "book.ods")) as book:
            charts = [name for name in book.namelist()
                      if re.fullmatch(r"Object \d+/content.xml", name)]
            self.assertEqual(len(charts), 9)
            twins = 0
            for name in charts:
                text = book.read(name).decode()
                twins += text.count('chart:name="secondary-y"') > 0
                self.assertIn("chart:series", text)
            self.assertEqual(twins, 4)

    FIGURE = {
        "plateau-figure": 1, "columns": 2, "panels": [
            {"id": "a", "y": {"title": "Q", "unit": "mAh g⁻¹"},
             "y2": {"title": "CE", "unit": "%", "min": 0, "max": 105},
             "layers": [
                 {"kind": "line", "id": "ce", "axis": "y2", "x": [1, 2, 3], "y": [97, 98, 99]},
                 {"kind": "line", "id": "q", "label": "Capacity", "x": [1, 2, 3], "y": [30, 29, 28],
                  "y_low": [29.5, 28, 27], "y_high": [31, 30, 28.5]}]},
            {"id": "b", "column": 1, "layers": [
                {"kind": "bar", "id": "one", "label": "One", "x": [1, 2], "y": [3, 4]},
                {"kind": "bar", "id": "two", "label": "Two", "x": [1, 2], "y": [5, 6]}]},
            {"id": "c", "row": 1, "y": {"scale": "log"}, "layers": [
                {"kind": "line", "id": "decades", "x": [1, 2], "y": [0.01, 100]}]},
            {"id": "d", "row": 1, "column": 1, "layers": [
                {"kind": "box", "id": "boxes", "x": [1, 1, 1], "y": [3, 4, 5]}]}]}

    def with_figure(self):
        path = os.path.join(self.folder, "figures.plateau")
        shutil.copy(os.path.join(self.folder, "study.plateau"), path)
        with sqlite3.connect(path) as project:
            project.execute("insert into figure values (?, ?, ?)",
                            ("My figure", 0, json.dumps(self.FIGURE)))
        project.close()
        self.run_cli("export", "figures.plateau", "--curves=none", "-o", "figures.xlsx")

    def test_figure(self):
        """Panels are charts with two axes, error bars and groups of bars; a box plot is a picture;
        the values are those of the figure."""
        self.with_figure()
        tables = self.sheets("figures.xlsx")
        rows = tables["Figure 1a"][4:]
        self.assertEqual([[float(row[i]) for i in (2, 3)] for row in rows if row[0] == "q"],
                         [[1, 30], [2, 29], [3, 28]])
        self.assertEqual([[float(row[i]) for i in (6, 7)] for row in rows if row[0] == "q"],
                         [[0.5, 1], [1, 1], [1, 0.5]])
        self.assertEqual([row[3] for row in tables["Figures"][4:8]],
                         ["data and chart"] * 3
                         + ["data and picture: a sheet has no chart of this kind"])
        out = self.convert("ods", "figures.xlsx")
        found = {"errors": 0, "bars": 0, "log": 0, "charts": 0, "twins": 0}
        with zipfile.ZipFile(os.path.join(out, "figures.ods")) as book:
            for name in book.namelist():
                if not re.fullmatch(r"Object \d+/content.xml", name):
                    continue
                text = book.read(name).decode()
                found["charts"] += 1
                found["twins"] += text.count('chart:name="secondary-y"') > 0
                found["errors"] += text.count("<chart:error-indicator") > 0
                found["bars"] += 'chart:class="chart:bar"' in text
                found["log"] += 'chart:logarithmic="true"' in text
            self.assertTrue(any(name.startswith("Pictures/") for name in book.namelist()))
        # Four cells, the overview of one family, and of the figure three panels.
        self.assertEqual(found, {"errors": 1, "bars": 1, "log": 1, "charts": 8, "twins": 5})

    def test_pdf(self):
        out = self.convert("pdf", "book.xlsx")
        with open(os.path.join(out, "book.pdf"), "rb") as file:
            self.assertTrue(file.read(5) == b"%PDF-")


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    if OFFICE is None:
        print("SKIP: LibreOffice is not installed; the workbook was not opened with it")
        sys.exit(77)
    unittest.main(verbosity=1)
