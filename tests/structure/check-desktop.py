#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop is told, as it is installed: every sentence of the metainfo and of the desktop file in each
language, every file type defined and named, and icons that are drawn as the desktop wants them:
check-desktop.py DESKTOP METAINFO MIME ICONS..."""
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

LANGUAGES = ('zh_CN', 'de')
LANG = '{http://www.w3.org/XML/1998/namespace}lang'
SVG = '{http://www.w3.org/2000/svg}'
MIME = '{http://www.freedesktop.org/standards/shared-mime-info}'
SENTENCES = ('name', 'summary', 'p', 'li', 'caption')


def untranslated(root, tags, what):
    """Elements in turn: one without a language, then its translations."""
    for parent in root.iter():
        if parent.tag == 'developer':
            continue  # a name
        children = [child for child in parent if child.tag in tags]
        for i, child in enumerate(children):
            if child.get(LANG):
                continue
            after = []
            for other in children[i + 1:]:
                if not other.get(LANG) or other.tag != child.tag:
                    break
                after.append(other.get(LANG))
            for language in LANGUAGES:
                if language not in after:
                    yield f'{what}: “{"".join(child.itertext()).strip()[:60]}” is not in {language}'


def check_desktop(path, types):
    text = pathlib.Path(path).read_text(encoding='utf-8')
    for key in ('Name', 'GenericName', 'Comment', 'Keywords'):
        for language in LANGUAGES:
            if not re.search(rf'^{key}\[{language}\]=', text, re.M):
                yield f'{path}: {key} is not in {language}'
    for kind in re.search(r'^MimeType=(.*)$', text, re.M).group(1).split(';'):
        if kind and kind not in types and kind.startswith('application/x-'):
            yield f'{path}: {kind} is defined nowhere'


def check_icon(path):
    root = ElementTree.parse(path).getroot()
    size = 16 if path.stem.endswith('-symbolic') else 128
    if root.tag != SVG + 'svg' or root.get('viewBox') != f'0 0 {size} {size}':
        yield f'{path}: not a drawing of {size} by {size}'
    for element in root.iter():
        if element.tag in (SVG + 'text', SVG + 'image', SVG + 'script', SVG + 'style'):
            yield f'{path}: holds {element.tag.removeprefix(SVG)}'
        for colour in (element.get('fill'), element.get('stroke')):
            if size == 16 and colour not in (None, 'none', '#2e3436', 'currentColor'):
                yield f'{path}: a symbolic icon has one colour, not {colour}'
    drawn = [element for element in root.iter() if element.tag.removeprefix(SVG) in
             ('path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon')]
    if not drawn:
        yield f'{path}: draws nothing'


def faults(desktop, metainfo, mime, icons):
    types = ElementTree.parse(mime).getroot()
    known = {kind.get('type') for kind in types.iter(MIME + 'mime-type')}
    yield from check_desktop(desktop, known)
    yield from untranslated(ElementTree.parse(metainfo).getroot(), SENTENCES, metainfo)
    yield from untranslated(types, (MIME + 'comment',), mime)
    for kind in types.iter(MIME + 'mime-type'):
        if kind.find(MIME + 'glob') is None and kind.find(MIME + 'magic') is None:
            yield f'{mime}: {kind.get("type")} has neither name nor beginning of files'
    project = next(kind for kind in types.iter(MIME + 'mime-type') if kind.get('type') == 'application/x-plateau')
    if project.find(MIME + 'icon') is None or project.find(MIME + 'magic') is None:
        yield f'{mime}: projects lack an icon or a magic number'
    stems = {pathlib.Path(icon).stem for icon in icons}
    for wanted in ('io.github.plateau.Plateau', 'io.github.plateau.Plateau-symbolic', 'application-x-plateau'):
        if wanted not in stems:
            yield f'there is no icon {wanted}'
    for icon in icons:
        yield from check_icon(pathlib.Path(icon))


found = list(faults(*sys.argv[1:4], sys.argv[4:]))
for fault in found:
    print(fault)
print(f'{len(sys.argv) - 4} icons looked at')
sys.exit(1 if found else 0)
