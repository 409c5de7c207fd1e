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
# Pieces of C for unmarked().
TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|\w+|\S', re.S)
MARKS = {'_', 'N_', 'C_', 'NC_', 'ngettext'}
# What these are given is for developers, for other programs, or compared with words of files.
SILENT = {'g_critical', 'g_warning', 'g_debug', 'g_message', 'g_error', 'strcmp', 'g_strcmp0', 'g_str_equal', 'strstr',
          'g_str_has_prefix', 'plot_add_reported', 'plateau_book_add_table', 'plateau_canvas_begin_group', 'add_owned',
          'plateau_store_exec', 'plateau_store_prepare', 'PLATEAU_DEFINE_ERROR'}
# These show what they are given: one word is enough.
SHOWN = re.compile(r'gtk_label_(new|set_text|set_markup)|gtk_\w+_new_with_(label|mnemonic)|gtk_window_set_title|'
                   r'gtk_\w+_set_(label|placeholder_text|tooltip_text|title)|g_menu_append\w*|plateau_tooltip_set|'
                   r'g_set_error\w*|plateau_measurement_(warn|add_warning)\w*|plateau_panel_note|plateau_table_new')
# Names and formats.
WORDLESS = {r'busy\t%.1f\tms\t%.1f\n', 'R0-p(R1,CPE1)-W1', 'yyyy-mm-dd hh:mm:ss', 'masked second',
            'voltammogram hold-current'}
# Words that instruments write, names of quantities in the table of reported values, and keys.
FOREIGN = ('core/readers/*', 'core/store/*', 'core/export/plateau-bdf.c', 'core/figure/plateau-canvas-*',
           'core/export/plateau-workbook-edit.c')
# German may lag behind by a few new strings, which are printed all the same.
LAG = {'de': 60}
# Language -> the sources all of whose strings it translates.
COMPLETE = {
    'zh_CN': ('*',),
    'de': ('*',),
}


def unmarked(text):
    """Literals that people would read and that are not marked: line, function, literal."""
    calls, before, literal = [], '', None
    for match in TOKEN.finditer(text):
        token = match.group(0)
        if token.startswith(('/*', '//')):
            continue
        if token.startswith('"'):
            literal = (literal[0], literal[1], literal[2] + token[1:-1]) if literal else (match.start(), list(calls), token[1:-1])
            continue
        if literal:
            where, inside, words = literal
            literal = None
            plain = re.sub(r'\\[nt]|%[-\d.*]*[lzh]*[a-zA-Z]|<[^>]*>|\b(mg|kg|mol|cm|ohm|ms)\b|^\w+\.[a-z-]+', ' ', words)
            shown = inside and SHOWN.fullmatch(inside[-1])
            if (not MARKS & set(inside) and not SILENT & set(inside)
                    and re.search(r'[A-Za-z]{3,}' if shown else r'\b[A-Za-z]?[a-z]{2,},? +[a-z]{2,}\b', plain)
                    and words not in WORDLESS and not re.match(r'[A-Z]{4,} |<|\{|\(\?|Arial, ', words)):
                yield text.count('\n', 0, where) + 1, inside[-1] if inside else '', words
        if token == '(':
            calls.append(before)
        elif token == ')' and calls:
            calls.pop()
        elif token == ';':
            calls.clear()
        before = token


def run(*command, cwd):
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True)


def extract(root, names):
    """The catalogue template of the sources @names."""
    done = run('xgettext', '--from-code=UTF-8', '--no-wrap', *(f'--keyword={k}' for k in KEYWORDS),
               '--output=-', *names, cwd=root)
    if done.returncode:
        sys.exit(f'xgettext: {done.stderr}')
    return done.stdout


def shown_texts(node, key=''):
    """What people read of a template or style; options of plots, citations and journals are left as they are."""
    if isinstance(node, dict):
        for name, member in node.items():
            if name != 'options' and member != node.get('journal'):
                yield from shown_texts(member, name)
    elif isinstance(node, list):
        for member in node:
            yield from shown_texts(member)
    elif isinstance(node, str) and key in ('label', 'about', 'title', 'text'):
        if re.search('[a-z]{3}', node) and not re.match(r'[a-z]+20\d\d (Supp\. )?[Ff]ig\.', node):
            yield node


def documents(root):
    """Texts of templates and styles, as entries()."""
    found = {}
    for folder in ('templates', 'styles'):
        for path in sorted((root / 'resources' / folder).glob('*.json')):
            for text in shown_texts(json.loads(path.read_text(encoding='utf-8'))):
                found[None, text] = ([f'resources/{folder}/{path.name}:1'], '', [''])
    return found


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
        if name.endswith('.c') and not any(fnmatch.fnmatch(name, part) for part in FOREIGN):
            for line, call, words in unmarked((root / name).read_text(encoding='utf-8')):
                yield f'{name}:{line}: “{words}” ({call or "a table"}) is not marked for translation'
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
        strings = documents(root) | strings
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
