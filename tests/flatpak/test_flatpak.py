#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the installed Flatpak, drops a file on its window, exports the figure from there and looks at
the window's picture: test_flatpak.py SOURCE-PROGRAM FOLDER FILE..."""
import os
import stat
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'gui'))
from driver import APP_ID, Atspi, Tap, Window, drag, release, run, wait_for  # noqa: E402


class SandboxedWindow(Window):
    """The processes of a sandbox have numbers of their own: the window is found by its class."""

    def _find_xid(self):
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', 'Plateau'],
                               capture_output=True, text=True).stdout.split()
        return found[-1] if found else None

    def _find_app(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(i)
            if app is not None and 'lateau' in (app.get_name() or ''):
                return app
        return None


def launcher(folder):
    path = os.path.join(folder, 'launch.sh')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(f'#!/bin/sh\nunset XDG_STATE_HOME XDG_CACHE_HOME XDG_DATA_HOME\n'
                   f'exec flatpak run --filesystem="{folder}" {APP_ID} "$@"\n')
    os.chmod(path, stat.S_IRWXU)
    return path


def main():
    source_program, folder, *files = sys.argv[1:]
    tap = Tap()
    window = SandboxedWindow(launcher(folder))
    source = None
    try:
        tap.check(window.find('push button', 'Open the example'), 'the first screen shows', window.texts())
        source = subprocess.Popen([source_program, *files], env=dict(os.environ, GDK_BACKEND='x11'))
        xid = wait_for(lambda: subprocess.run(
            ['xdotool', 'search', '--onlyvisible', '--name', '^file-source$'],
            capture_output=True, text=True).stdout.split())[-1]
        run('xdotool', 'windowmove', xid, '1150', '400')
        drag(1230, 440, 600, 400)
        release()
        tap.check(wait_for(lambda: window.find(part='2 files'), 30), 'the dropped files are read', window.texts())
        pdf = os.path.join(folder, 'window.pdf')
        window.action(f"win.export-page-to('{pdf}')")
        tap.check(wait_for(lambda: os.path.exists(pdf), 30), 'the figure is exported')
        tap.check('apacity' in run('pdftotext', pdf, '-'), 'its axis titles are text')
        picture = os.path.join(folder, 'window.png')
        run('import', '-window', 'root', picture)
        colours = int(run('identify', '-format', '%k', picture))
        tap.check(colours > 200, 'the window is drawn', colours)
    finally:
        if source:
            source.terminate()
            source.wait()
        window.close()
        subprocess.run(['flatpak', 'kill', APP_ID], check=False)
    return tap.end()


sys.exit(main())
