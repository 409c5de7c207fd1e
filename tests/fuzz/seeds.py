#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Seeds for the packed targets: seeds.py TARGET ARCHIVE OUTPUT writes the members of a real archive,
cut to a few kilobytes each, as fuzz-packed.c takes them apart."""

import sys
import zipfile

TARGETS = {
    "packed-ndax": (512, 24 * 512, ["data.ndc", "data_runInfo.ndc", "data_step.ndc",
                                    "data_AUX_1_2_3.ndc", "TestInfo.xml", "Step.xml"]),
    "packed-xlsx": (1, 12000, ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",
                               "xl/styles.xml", "xl/worksheets/sheet2.xml"]),
}


def main():
    unit, longest, members = TARGETS[sys.argv[1]]
    archive = zipfile.ZipFile(sys.argv[2])
    names = archive.namelist()
    with open(sys.argv[3], "wb") as out:
        for member in members:
            data = archive.read(member)[:longest] if member in names else b""
            data += b"\0" * (-len(data) % unit)
            out.write((len(data) // unit).to_bytes(2, "little") + data)


if __name__ == "__main__":
    main()
