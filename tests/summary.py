#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the cases of a JUnit report: what was skipped and why, what failed; with --line only the
closing line."""
import sys
import xml.etree.ElementTree as tree

only_line = '--line' in sys.argv
root = tree.parse(sys.argv[-1]).getroot()
passed, failed, skipped = 0, [], []
for suite in root.iter('testsuite'):
    cases = list(suite.iter('testcase'))
    for case in cases:
        name = f"{suite.get('name')}: {case.get('name')}"
        if case.find('failure') is not None or case.find('error') is not None:
            failed.append(name)
        elif case.find('skipped') is not None:
            skipped.append(name)
        else:
            passed += 1
    # a program that crashed reports errors without a case that says so
    if int(suite.get('errors') or 0) > 0 and not any(f.startswith(suite.get('name')) for f in failed):
        failed.append(f"{suite.get('name')}: ended early")
if not only_line:
    for name in skipped:
        print('skipped', name)
    for name in failed:
        print('FAILED ', name)
    sys.exit(0)
print(f'{passed} passed, {len(failed)} failed')
sys.exit(1 if failed or not passed else 0)
