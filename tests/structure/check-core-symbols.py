#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No object of the core refers to a symbol of the toolkit."""
import subprocess
import sys

listing = subprocess.run(['nm', '--undefined-only', sys.argv[1]], check=True, text=True,
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
symbols = [line.split()[-1] for line in listing.splitlines() if line.startswith(' ')]
bad = sorted({s for s in symbols if s.startswith(('gtk_', 'gdk_', 'gsk_', 'adw_'))})
assert len(symbols) > 100, 'nm listed no symbols'
print('core refers to ' + ', '.join(bad) if bad else f'{len(symbols)} references, none to the toolkit')
sys.exit(1 if bad else 0)
