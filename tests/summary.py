#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the cases of a test run (summary.py LOG-FOLDER): what was skipped and what failed; with
--line only the closing line. A program that fails although its cases pass (a leak, a crash at the
end, a time-out) counts as one failure."""
import json
import pathlib
import sys
import xml.etree.ElementTree as tree

logs = pathlib.Path(sys.argv[-1])
passed, failed, skipped = 0, [], []
failing_programs = set()
for suite in tree.parse(logs / 'testlog.junit.xml').getroot().iter('testsuite'):
    program = suite.get('name').split(' / ')[-1]
    for case in suite.iter('testcase'):
        name = f"{program}: {case.get('name')}"
        if case.find('failure') is not None or case.find('error') is not None:
            failed.append(name)
            failing_programs.update((program, case.get('name').split(' / ')[-1]))
        elif case.find('skipped') is not None:
            skipped.append(name)
        else:
            passed += 1
for line in (logs / 'testlog.json').read_text(encoding='utf-8').splitlines():
    result = json.loads(line)
    program = result['name'].split(' / ')[-1]
    if result['result'] in ('FAIL', 'ERROR', 'TIMEOUT', 'UNEXPECTEDPASS') and program not in failing_programs:
        failed.append(f"{program}: {result['result'].lower()}")
if '--line' not in sys.argv:
    for name in skipped:
        print('skipped', name)
    for name in failed:
        print('FAILED ', name)
    sys.exit(0)
print(f'{passed} passed, {len(failed)} failed')
sys.exit(1 if failed or not passed else 0)
