#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the manifest for the local Debian runtime, which has every library that the GNOME runtime
lacks: localise-manifest.py MANIFEST SOURCE-FOLDER OUTPUT."""
import json
import sys

with open(sys.argv[1], encoding='utf-8') as file:
    manifest = json.load(file)
manifest['runtime'] = 'io.github.plateau.DebianPlatform'
manifest['sdk'] = 'io.github.plateau.DebianSdk'
manifest['runtime-version'] = '12'
manifest['appstream-compose'] = False  # Debian's appstream has no such tool under that name
manifest['modules'] = [module for module in manifest['modules'] if module['name'] == 'plateau']
manifest['modules'][0]['sources'][0]['path'] = sys.argv[2]
with open(sys.argv[3], 'w', encoding='utf-8') as file:
    json.dump(manifest, file, indent=2)
