#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every template as a PDF, read back: its size, live text with every axis title, fonts embedded as
subsets, metadata; and one template as PNG, TIFF, SVG and EPS with size, resolution and text."""

import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml
import zlib

PROGRAM = EXAMPLE = TABLE = None


def run(*arguments):
    done = subprocess.run(arguments, capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return done.stdout


def squeeze(text):
    """Letters and digits alone: how a program spaces scripts is its own affair."""
    return "".join(c for c in text if c.isalnum())


class Files(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def make(self, template, suffix, *options):
        path = os.path.join(self.folder, f"{template}.{suffix}")
        run(PROGRAM, "figure", EXAMPLE, "--template", template, "-o", path, *options)
        return path

    def panels(self):
        found = {}
        with open(TABLE, encoding="utf-8") as file:
            for line in file:
                if not line.startswith("#"):
                    cells = line.rstrip("\n").split("\t")
                    found.setdefault(cells[0], []).append(cells)
        return found

    def check_fonts(self, path):
        lines = run("pdffonts", path).splitlines()[2:]
        self.assertGreater(len(lines), 0)
        for line in lines:
            self.assertRegex(line, r"^[A-Z]{6}\+")           # a subset
            self.assertNotIn("Type 3", line)
            self.assertEqual(line.split()[-5], "yes", line)  # embedded

    def test_pdf(self):
        for template, panels in self.panels().items():
            with self.subTest(template=template):
                path = self.make(template, "pdf", "--width-mm", "170")
                info = run("pdfinfo", path)
                self.assertIn("Creator:         Plateau", info)
                self.assertRegex(info, r"Pages: +1\n")
                self.assertAlmostEqual(float(re.search(r"Page size: +([\d.]+)", info).group(1)),
                                       170 / 25.4 * 72, delta=0.5)
                # As drawn and in the order of the lines: titles that read upwards differ.
                text = squeeze(run("pdftotext", "-raw", path, "-") + run("pdftotext", path, "-"))
                for cells in panels:
                    for word in re.findall(r"[A-Za-z]{4,}", " ".join(cells[3:6])):
                        self.assertIn(word, text)
                self.check_fonts(path)

    def test_png(self):
        path = self.make("sun2022-fig3", "png", "--width-mm", "85", "--dpi", "300")
        with open(path, "rb") as file:
            data = file.read()
        chunks, at = {}, 8
        while at < len(data):
            size, kind = struct.unpack(">I4s", data[at:at + 8])
            body = data[at + 8:at + 8 + size]
            self.assertEqual(struct.unpack(">I", data[at + 8 + size:at + 12 + size])[0],
                             zlib.crc32(kind + body))
            chunks.setdefault(kind, body)
            at += 12 + size
        self.assertEqual(struct.unpack(">I", chunks[b"IHDR"][:4])[0], round(85 / 25.4 * 300))
        x, y, unit = struct.unpack(">IIB", chunks[b"pHYs"])
        self.assertEqual((x, y, unit), (11811, 11811, 1))

    def test_tiff(self):
        path = self.make("sun2022-fig3", "tiff", "--width-mm", "85", "--dpi", "600")
        with open(path, "rb") as file:
            data = file.read()
        order = "<" if data[:2] == b"II" else ">"
        at, = struct.unpack(order + "I", data[4:8])
        n, = struct.unpack(order + "H", data[at:at + 2])
        tags = {}
        for i in range(n):
            tag, kind, count, value = struct.unpack(order + "HHI4s", data[at + 2 + 12 * i:at + 14 + 12 * i])
            whole = struct.unpack(order + "I", value)[0]
            short = struct.unpack(order + "H", value[:2])[0]
            if kind == 5:
                top, bottom = struct.unpack(order + "II", data[whole:whole + 8])
                tags[tag] = top / bottom
            else:
                tags[tag] = short if kind == 3 and count == 1 else whole
        self.assertEqual(tags[256], round(85 / 25.4 * 600))  # width
        self.assertEqual(tags[259], 5)                       # LZW
        self.assertEqual(tags[262], 2)                       # RGB
        self.assertEqual(tags[277], 3)                       # no alpha
        self.assertAlmostEqual(tags[282], 600, delta=0.1)
        self.assertAlmostEqual(tags[283], 600, delta=0.1)
        self.assertEqual(tags[296], 2)                       # of an inch

    def test_svg(self):
        path = self.make("sun2022-fig4", "svg", "--width-mm", "170")
        root = xml.parse(path).getroot()
        self.assertEqual(root.get("width"), "170mm")
        texts = ["".join(t.itertext()) for t in root.iter("{http://www.w3.org/2000/svg}text")]
        self.assertIn("Time (h)", texts)
        self.assertGreater(len(texts), 80)

    def test_eps(self):
        """Areas that lie over others become pictures: that is said; text stays text."""
        path = os.path.join(self.folder, "figure.eps")
        said = run(PROGRAM, "figure", EXAMPLE, "--template", "sun2022-fig4", "--format", "json", "-o", path)
        self.assertIn("EPS", said)
        with open(path, "rb") as file:
            data = file.read()
        self.assertTrue(data.startswith(b"%!PS-Adobe-3.0 EPSF-3.0"))
        self.assertIn(b"%%BoundingBox:", data)
        plain = run(PROGRAM, "figure", EXAMPLE, "--template", "rate-capability", "--format", "json",
                    "-o", path)
        self.assertNotIn("translucency", plain)


if __name__ == "__main__":
    PROGRAM, EXAMPLE, TABLE = (os.path.abspath(a) for a in sys.argv[1:4])
    if not all(shutil.which(tool) for tool in ("pdffonts", "pdftotext", "pdfinfo")):
        print("SKIP: poppler's tools are not installed; the PDFs were not read back")
        sys.exit(77)
    del sys.argv[1:4]
    unittest.main(verbosity=1)
