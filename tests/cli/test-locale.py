#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers are written with a point and read with a point or a comma, and what programs read is the same to the byte,
under locales that write numbers otherwise; words for people are in their language: test-locale.py CLI LOCALEDIR EXAMPLE"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

LOCALES = ('de_DE', 'zh_CN')


class Tap:
    number = failed = 0

    def check(self, good, what, seen=''):
        self.number += 1
        self.failed += not good
        for line in str(seen).splitlines() if not good else ():
            print(f'# {line}')
        print(f"{'ok' if good else 'not ok'} {self.number} - {what}")


def make_locales(folder):
    """Locales of our own, wherever the machine has none."""
    if shutil.which('localedef') is None:
        return False
    return all(subprocess.run(['localedef', '-i', name, '-f', 'UTF-8', f'{folder}/{name}.UTF-8'],
                              capture_output=True).returncode in (0, 1) and os.path.isdir(f'{folder}/{name}.UTF-8')
               for name in LOCALES)


def main():
    cli, locale_dir = sys.argv[1:3]
    record = str(sorted(pathlib.Path(sys.argv[3]).parent.glob('records/*_0.2C_1*.csv'))[0])
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        if not make_locales(folder):
            print('1..0 # SKIP: localedef or its sources are missing')
            return 0

        def run(locale, *command):
            environment = dict(os.environ, LC_ALL=locale, LOCPATH=folder, PLATEAU_LOCALE_DIR=locale_dir)
            environment.pop('LANGUAGE', None)
            return subprocess.run([cli, *command], capture_output=True, text=True, env=environment, check=True).stdout

        def written(locale, name, *command):
            path = pathlib.Path(folder, f'{locale}-{name}')
            run(locale, *command, '--output', str(path))
            return path

        asked = {
            'cycles as JSON': ('cycles', '--format', 'json', '--mass-mg', '3.3', record),
            'cycles as CSV': ('cycles', '--format', 'csv', '--mass-mg', '3.3', record),
            'dQ/dV as JSON': ('dqdv', '--format', 'json', '--cycles', '2', record),
            'what the file holds': ('info', '--format', 'json', record),
        }
        plain = {what: run('C.UTF-8', *command) for what, command in asked.items()}
        converted = written('C.UTF-8', 'a.csv', 'convert', record).read_bytes()
        for locale in (f'{name}.UTF-8' for name in LOCALES):
            for what, command in asked.items():
                tap.check(run(locale, *command) == plain[what], f'{locale}: {what}, to the byte')
            tap.check(run(locale, 'cycles', '--format', 'json', '--mass-mg', '3,3', record)
                      == plain['cycles as JSON'], f'{locale}: a decimal comma is understood')
            tap.check(written(locale, 'a.csv', 'convert', record).read_bytes() == converted,
                      f'{locale}: a converted measurement, to the byte')
            svg = written(locale, 'a.svg', 'figure', '--plot', 'capacity-cycle', record).read_text(encoding='utf-8')
            tap.check(not re.search(r'="-?\d+,\d+"', svg) and re.search(r'="\d+\.\d+"', svg), f'{locale}: lengths of an SVG')
            tap.check('>0.2<' in svg and '>0,2<' not in svg, f'{locale}: labels of ticks', re.findall(r'>[^<>]{1,6}<', svg)[:40])
            book = written(locale, 'a.xlsx', 'export', record)
            with zipfile.ZipFile(book) as archive:
                sheets = ''.join(archive.read(name).decode() for name in archive.namelist() if 'worksheets/' in name)
            numbers = re.findall(r'<c [^>]*?(?:s="\d+")?><v>([^<]*)</v>', sheets)
            tap.check(len(numbers) > 100 and not any(',' in number for number in numbers), f'{locale}: numbers of a workbook')
            tap.check(run(locale, '--help') != run('C.UTF-8', '--help'), f'{locale}: words are in the language')
    print(f'1..{tap.number}')
    return 1 if tap.failed else 0


sys.exit(main())
