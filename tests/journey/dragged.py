"""Dragged: a GTK window from which files are dragged, as a file manager of another toolkit.

`dragged.py X Y FILE...` under the system's own Python; prints "ready" once the window is there,
"wanted" when what is below takes what is dragged over it, and "over" after a drag. Without files
it takes what is dropped instead: it prints "above" while something is held over it, and then the
name and the SHA-256 of each file that it could read.
"""

import hashlib
import pathlib
import sys
import urllib.parse

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
    if files:
        offer(box, [pathlib.Path(file).absolute().as_uri() for file in files])
    else:
        take(box)
    window.show_all()
    window.move(x, y)
    GLib.timeout_add(200, lambda: say("ready"))
    Gtk.main()


def offer(box: Gtk.EventBox, uris: list[str]) -> None:
    """Let these be dragged away."""
    box.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
    box.drag_source_add_uri_targets()
    box.connect("drag-data-get", lambda _box, _context, data, *_: data.set_uris(uris))
    box.connect("drag-begin", lambda _box, context: GLib.timeout_add(20, lambda: wait(context)))
    box.connect("drag-end", lambda *_: say("over"))


def wait(context: Gdk.DragContext) -> bool:
    """Tell when a drop would be taken; before, letting go would only end the drag."""
    return not context.get_selected_action() or say("wanted")


def take(box: Gtk.EventBox) -> None:
    """Read what is dropped."""
    box.drag_dest_set(Gtk.DestDefaults.ALL, [], Gdk.DragAction.COPY)
    box.drag_dest_add_uri_targets()
    box.connect("drag-motion", lambda *_: say("above"))
    box.connect(
        "drag-data-received", lambda _box, _context, _x, _y, data, *_: read(data.get_uris())
    )


def read(uris: list[str]) -> None:
    """Tell what lies behind each of them."""
    for uri in uris:
        path = pathlib.Path(urllib.parse.unquote(urllib.parse.urlparse(uri).path))
        try:
            say(f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.name}")
        except OSError as error:
            say(f"{type(error).__name__} {path.name}")
    say("over")


def say(word: str) -> bool:
    print(word, flush=True)
    return False


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
