# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop that a program talks to on the session bus: a session manager that may be asked to wait with
logging out, and a place for notifications. Each writes what it is asked to into a file, a line each."""

import sys

from gi.repository import Gio, GLib

INTERFACES = Gio.DBusNodeInfo.new_for_xml("""
<node>
  <interface name="org.gnome.SessionManager">
    <method name="RegisterClient"><arg type="s" direction="in"/><arg type="s" direction="in"/>
      <arg type="o" direction="out"/></method>
    <method name="UnregisterClient"><arg type="o" direction="in"/></method>
    <method name="Inhibit"><arg type="s" direction="in"/><arg type="u" direction="in"/>
      <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="u" direction="out"/></method>
    <method name="Uninhibit"><arg type="u" direction="in"/></method>
  </interface>
  <interface name="org.freedesktop.Notifications">
    <method name="GetCapabilities"><arg type="as" direction="out"/></method>
    <method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
      <arg type="s" direction="out"/><arg type="s" direction="out"/></method>
    <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
      <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
      <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
    <method name="CloseNotification"><arg type="u" direction="in"/></method>
  </interface>
</node>""")

OBJECTS = {"org.gnome.SessionManager": "/org/gnome/SessionManager",
           "org.freedesktop.Notifications": "/org/freedesktop/Notifications"}
ANSWERS = {"RegisterClient": ("(o)", ("/org/gnome/SessionManager/Client1",)), "Inhibit": ("(u)", (7,)),
           "GetCapabilities": ("(as)", (["body"],)), "Notify": ("(u)", (1,)),
           "GetServerInformation": ("(ssss)", ("test", "test", "1", "1.2"))}


def main():
    log = open(sys.argv[1], "a", encoding="utf-8", buffering=1)
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)

    def called(_bus, _sender, _path, _interface, method, arguments, invocation):
        log.write(f"{method} {arguments.print_(False)}\n")
        kind, values = ANSWERS.get(method, ("()", ()))
        invocation.return_value(GLib.Variant(kind, values))

    for name, path in OBJECTS.items():
        bus.register_object(path, INTERFACES.lookup_interface(name), called, None, None)
        Gio.bus_own_name_on_connection(bus, name, Gio.BusNameOwnerFlags.NONE,
                                       lambda _bus, owned: log.write(f"ready {owned}\n"), None)
    GLib.MainLoop().run()


main()
