#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every format that a reader knows has a file type: its own, or one that the desktop has; the desktop file opens
each; and the desktop takes every measured file for what it is: check-mime.py MIME DESKTOP METAINFO CLI [SHARED]."""
import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

NAMESPACE = '{http://www.freedesktop.org/standards/shared-mime-info}'
DESKTOP_TYPES = pathlib.Path('/usr/share/mime/packages/freedesktop.org.xml')
# Suffixes that the desktop knows, for where its table is not to be had.
COMMON = {'csv', 'txt', 'tsv', 'xlsx', 'xlsm', 'xls', 'html', 'htm', 'ods', 'fods', 'asc'}
# Of every program: a type of ours would claim what is not ours. Maccor's numbers are told by their content.
NOBODYS = re.compile(r'dat|\d+')
# Suffix of a measured file -> its type.
MEASURED = {'mpr': 'biologic-mpr', 'mpt': 'biologic-mpt', 'nda': 'neware-nda', 'ndax': 'neware-ndax', 'res': 'arbin-res',
            'dta': 'gamry-dta', 'z': 'zplot', 'ism': 'zahner-ism', 'idf': 'ivium-idf', 'dfr': 'ecochemie-dfr',
            'pssession': 'palmsens-pssession', 'par': 'versastudio-par', 'p00': 'impedance-text', 'i2b': 'impedance-text',
            'mat': 'matlab-data', '001': 'maccor', '002': 'maccor', '041': 'maccor', '078': 'maccor'}


def suffixes_of(path):
    """Plain patterns of names in a table of types."""
    globs = (glob.get('pattern') for glob in ElementTree.parse(path).getroot().iter(NAMESPACE + 'glob'))
    return {glob[2:].lower() for glob in globs if re.fullmatch(r'\*\.[\w.]+', glob)}


def check_readers(mime, cli):
    done = subprocess.run([cli, 'info', '--readers', '--format', 'json'], capture_output=True, text=True, check=True)
    readers = json.loads(done.stdout)['results'][0]['readers']
    ours, common = suffixes_of(mime), set(COMMON)
    if DESKTOP_TYPES.exists():
        common |= suffixes_of(DESKTOP_TYPES)
    claimed = {(suffix, reader['id']) for reader in readers for suffix in reader['suffixes']}
    print(f'{len(readers)} readers claim {len({s for s, _ in claimed})} suffixes, {len(ours)} of them with types of our own')
    for suffix, reader in sorted(claimed):
        if suffix not in ours | common and not NOBODYS.fullmatch(suffix):
            yield f'{mime}: nothing defines *.{suffix}, which the reader {reader} claims'
    for suffix in ours - {suffix for suffix, _ in claimed} - {'plateau', 'bdf.csv'}:
        yield f'{mime}: *.{suffix} is claimed by no reader'


def check_lists(mime, desktop, metainfo):
    own = {kind.get('type') for kind in ElementTree.parse(mime).getroot().iter(NAMESPACE + 'mime-type')}
    opened = re.search(r'^MimeType=(.*)$', desktop.read_text(encoding='utf-8'), re.M).group(1).split(';')
    told = {node.text for node in ElementTree.parse(metainfo).getroot().iter('mediatype')}
    for kind in sorted(own - set(opened)):
        yield f'{desktop}: does not open {kind}'
    for kind in sorted(own ^ told):
        yield f'{metainfo}: {kind} is told in one of metainfo and types only'


def content_type(path, environment):
    done = subprocess.run(['gio', 'info', '-a', 'standard::content-type', path], capture_output=True, text=True,
                          env=environment)
    return done.stdout.rpartition('content-type:')[2].strip()


def check_files(mime, shared):
    if shutil.which('update-mime-database') is None or shutil.which('gio') is None or not DESKTOP_TYPES.exists():
        print('SKIP: no update-mime-database, gio or shared-mime-info, the types of files were not asked for')
        return
    with tempfile.TemporaryDirectory() as folder:
        packages = pathlib.Path(folder, 'mime/packages')
        packages.mkdir(parents=True)
        shutil.copy(mime, packages)
        shutil.copy(DESKTOP_TYPES, packages)
        done = subprocess.run(['update-mime-database', packages.parent], capture_output=True, text=True)
        for line in done.stderr.splitlines():
            if mime.name in line or 'rror' in line:
                yield f'update-mime-database: {line}'
        environment = dict(os.environ, XDG_DATA_HOME=folder, XDG_DATA_DIRS='/nonexistent')
        project = pathlib.Path(folder, 'no-suffix')
        project.write_bytes(b'SQLite format 3\0' + bytes(52) + b'PLTU' + bytes(100))
        if content_type(project, environment) != 'application/x-plateau':
            yield f'a project without its suffix is {content_type(project, environment)}'
        counts = collections.Counter()
        for path in sorted(pathlib.Path(shared, 'data').rglob('*')) if shared else []:
            wanted = MEASURED.get(path.suffix[1:].lower())
            if wanted and path.is_file():
                kind = content_type(path, environment)
                counts[kind == f'application/x-{wanted}'] += 1
                if kind != f'application/x-{wanted}':
                    yield f'{path} is {kind}, not application/x-{wanted}'
        print(f'{counts[True]} measured files are what they are' if counts else 'SKIP: no measured files here')


def main():
    mime, desktop, metainfo = map(pathlib.Path, sys.argv[1:4])
    shared = sys.argv[5] if len(sys.argv) > 5 else ''
    found = [*check_readers(mime, sys.argv[4]), *check_lists(mime, desktop, metainfo), *check_files(mime, shared)]
    for fault in found:
        print(fault)
    return 1 if found else 0


sys.exit(main())
