#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Includes point only downwards: app -> widgets -> core; in core export, store -> figure ->
analysis -> data -> base and readers -> data -> base."""
import pathlib
import re
import sys

ALLOWED = {
    'base': {'base'},
    'data': {'base', 'data'},
    'readers': {'base', 'data', 'readers'},
    'analysis': {'base', 'data', 'analysis'},
    'figure': {'base', 'data', 'analysis', 'figure'},
    'export': {'base', 'data', 'analysis', 'figure', 'export'},
    'store': {'base', 'data', 'analysis', 'figure', 'store'},
    'archive': {'base', 'data', 'analysis', 'figure', 'export', 'store', 'archive'},
}
CORE = set(ALLOWED)
TOOLKIT = re.compile(r'^(gtk|gdk|gsk|adwaita)')


def faults(root):
    for path in sorted(root.glob('core/**/*.[ch]')) + sorted(root.glob('widgets/**/*.[ch]')) \
            + sorted(root.glob('app/**/*.[ch]')):
        place = path.relative_to(root)
        room = place.parts[1] if place.parts[0] == 'core' else place.parts[0]
        for number, line in enumerate(path.read_text(encoding='utf-8').splitlines(), 1):
            match = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
            if not match:
                continue
            target = match.group(1)
            first = target.split('/')[0]
            if room in CORE:
                if TOOLKIT.match(target) or first in ('app', 'widgets'):
                    yield f'{place}:{number}: core includes {target}'
                elif first in CORE and '/' in target and first not in ALLOWED[room]:
                    yield f'{place}:{number}: {room} includes {target}'
            elif room == 'widgets' and first == 'app':
                yield f'{place}:{number}: widgets include {target}'


found = list(faults(pathlib.Path(sys.argv[1])))
print('\n'.join(found) if found else 'every include points down')
sys.exit(1 if found else 0)
