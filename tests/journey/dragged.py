"""Dragged: a GTK window from which files are dragged, as a file manager of another toolkit.

`dragged.py X Y FILE...` under the system's own Python; prints "ready" once the window is there.
"""

import pathlib
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402 - after the versions are chosen

SIDE = 80
"""Pixels of the window's width and height; the file lies in its middle."""


def main(x: int, y: int, files: list[str]) -> None:
    """Show the window at this place of the screen, above all others, until killed."""
    window = Gtk.Window(title="files")
    window.set_default_size(SIDE, SIDE)
    window.set_decorated(False)
    window.set_keep_above(True)
    window.set_accept_focus(False)
    box = Gtk.EventBox()
    box.add(Gtk.Label(label="files"))
    window.add(box)
    box.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
    box.drag_source_add_uri_targets()
    uris = [pathlib.Path(file).absolute().as_uri() for file in files]
    box.connect("drag-data-get", lambda _box, _context, data, *_: data.set_uris(uris))
    box.connect("drag-end", lambda *_: print("over", flush=True))
    window.show_all()
    window.move(x, y)
    GLib.timeout_add(200, lambda: print("ready", flush=True))
    Gtk.main()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
