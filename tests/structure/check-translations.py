#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""po/POTFILES names every source with strings for users, the catalogues of po/LINGUAS compile, and
both translate every string of the present sources. What fails is printed as entries to be completed in the
catalogue."""
import fnmatch
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SOURCES = ('core/**/*.c', 'widgets/**/*.c', 'app/**/*.c', 'resources/ui/*.ui', 'resources/desktop/*.desktop.in')
KEYWORDS = ('_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'ngettext:1,2')
CUT = re.compile(r'(?:\b_|gettext) ?\((?:\s*"(?:[^"\\]|\\.)*",?)+\s*((?:G_|PRI)\w+)')
# German may lag behind by a few new strings, which are printed all the same.
LAG = {'de': 200}
# Language -> the sources all of whose strings it translates.
COMPLETE = {
    'zh_CN': ('*',),
    'de': ('*',),
}


def run(*command, cwd):
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True)


def extract(root, names):
    """The catalogue template of the sources @names."""
    done = run('xgettext', '--from-code=UTF-8', '--no-wrap', *(f'--keyword={k}' for k in KEYWORDS),
               '--output=-', *names, cwd=root)
    if done.returncode:
        sys.exit(f'xgettext: {done.stderr}')
    return done.stdout


def entries(text):
    """What each entry of a catalogue says: (context, id) -> where, flags, translations."""
    found = {}
    for block in re.split(r'\n\s*\n', text):
        where, flags, parts, name = [], '', {}, None
        for line in block.splitlines():
            if line.startswith('#:'):
                where += line[2:].split()
            elif line.startswith('#,'):
                flags += line[2:]
            match = re.match(r'(?:(msg\S+)\s+)?(".*")\s*$', line)
            if match:
                name = match.group(1) or name
                parts[name] = parts.get(name, '') + json.loads(match.group(2))
        if parts.get('msgid'):
            found[parts.get('msgctxt'), parts['msgid']] = (
                where, flags, [value for key, value in parts.items() if key.startswith('msgstr')])
    return found


def faults(root):
    listed = (root / 'po/POTFILES').read_text(encoding='utf-8').split()
    sources = {path.relative_to(root).as_posix() for pattern in SOURCES for path in root.glob(pattern)}
    for name in sorted(sources):
        for match in CUT.finditer((root / name).read_text(encoding='utf-8')):
            yield f'{name}: {match.group(1)} cuts a string for catalogues; write %zu, or %llu with a cast'
    for name in listed:
        if not (root / name).is_file():
            yield f'po/POTFILES names {name}, which does not exist'
    if shutil.which('xgettext') is None:
        print('SKIP: xgettext is missing, the strings of the sources were not compared')
    else:
        strings = entries(extract(root, sorted(sources)))
        places = {place.rpartition(':')[0] for where, _, _ in strings.values() for place in where}
        for name in sorted(places - set(listed)):
            yield f'{name} has strings for users and is missing in po/POTFILES'
        for language, parts in COMPLETE.items():
            known = entries((root / f'po/{language}.po').read_text(encoding='utf-8'))
            own = {key: entry for key, entry in strings.items()
                   if any(fnmatch.fnmatch(place.rpartition(':')[0], part) for place in entry[0] for part in parts)}
            missing = []
            for key, (where, _, _) in own.items():
                _, flags, translations = known.get(key, ([], '', ['']))
                if 'fuzzy' not in flags and all(translations):
                    continue
                missing.append(f'# po/{language}.po lacks a translation of {where[0]}\n'
                       f'msgid {json.dumps(key[1], ensure_ascii=False)}\nmsgstr ""\n')
            print(f'{language}: {len(own)} of {len(strings)} strings compared, {len(missing)} missing')
            if len(missing) > LAG.get(language, 0):
                yield from missing
            else:
                print(*missing, sep='\n')
    if shutil.which('msgfmt') is None:
        print('SKIP: msgfmt is missing, the catalogues were not compiled')
        return
    for language in (root / 'po/LINGUAS').read_text(encoding='utf-8').split():
        with tempfile.TemporaryDirectory() as folder:
            done = run('msgfmt', '--check', '--statistics', f'po/{language}.po', '-o', f'{folder}/it.mo', cwd=root)
        print(f'{language}: {done.stderr.splitlines()[-1]}')
        if done.returncode:
            yield done.stderr


found = list(faults(pathlib.Path(sys.argv[1])))
for fault in found:
    print(fault)
sys.exit(1 if found else 0)
