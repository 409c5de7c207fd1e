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
import subprocess
import sys
import tempfile
import unittest
import zipfile

PROGRAM = None
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"


def cycling_text(cycles, fade):
    lines = ["Test Time / s,Voltage / V,Current / A"]
    t = 0.0
    for cycle in range(cycles):
        for sign in (1, -1):
            for i in range(61):
                x = i / 60
                v = 3 + x if sign > 0 else 4 - x
                lines.append(f"{t!r},{v!r},{sign * 1e-3!r}")
                t += 60.0 * fade ** (cycle + (sign < 0))
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
                self.assertTrue(math.isclose(want, float(found), rel_tol=1e-9, abs_tol=1e-12))
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
