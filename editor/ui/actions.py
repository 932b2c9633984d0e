"""The table of commands: text, keys, menu and what the status of each depends on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from editor.ui import printed
from editor.ui.controls.menu import Menu
from editor.ui.style import BarStyle


@dataclass(frozen=True, slots=True)
class Command:
    """One entry of a menu; id is also the object name of its action.

    keys: portable texts, the first is shown. needs: what must be there for it to be on:
    "picture", "mask", "last", "variant", "pages", "running", "undo", "redo", a command that the
    result on the stage or the current tile allows, or "" for always.
    """

    id: str
    text: str
    keys: tuple[str, ...] = ()
    needs: str = ""
    icon: str = ""
    checkable: bool = False


LINE = Command("", "")
STEPS = ("undo", "redo", "next-", "previous-", "zoom-", "frame-")
"""How commands begin that a held key repeats; all others want a press of their own."""

SUBMENUS = {"recent"}
"""Entries that open a menu, which the window fills."""

ON_STAGE = {
    "mask-view": "{24}",
    "precise": "Caps Lock",
    "panels": "Tab",
    "keep": "Enter",
    "star": "{39}",
    "reject": "Del",
}
"""Keys that the stage takes by itself, by their place: its menus only tell of them."""

_T = QT_TRANSLATE_NOOP


def _c(
    id: str, text: object, *keys: str, needs: str = "", icon: str = "", checkable: bool = False
) -> Command:
    return Command(id, str(text), keys, needs, icon, checkable)


MENUS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    (
        str(_T("Commands", "&File")),
        (
            _c("new", _T("Commands", "&New project"), "Ctrl+N"),
            _c("open", _T("Commands", "&Open…"), "Ctrl+O", icon="open"),
            _c("recent", _T("Commands", "Open &recent")),
            _c("sample", _T("Commands", "Try the sam&ple")),
            LINE,
            _c("save-as", _T("Commands", "Save project &as…"), "Ctrl+Shift+S", needs="picture"),
            _c("local", _T("Commands", "Stays on this &computer"), checkable=True),
            LINE,
            _c("export", _T("Commands", "&Export"), "Ctrl+E", needs="picture", icon="export"),
            _c("export-as", _T("Commands", "Export a&s…"), "Ctrl+Shift+E", needs="picture"),
            _c("export-all", _T("Commands", "Export a&ll results"), needs="variant"),
            LINE,
            _c("import-mask", _T("Commands", "&Import mask…"), needs="picture"),
            _c("export-mask", _T("Commands", "Export &mask…"), needs="mask"),
            _c("export-soft", _T("Commands", "Export so&ft mask…"), needs="mask"),
            LINE,
            _c("quit", _T("Commands", "&Quit"), "Ctrl+Q"),
        ),
    ),
    (
        str(_T("Commands", "&Edit")),
        (
            _c("undo", _T("Commands", "&Undo"), "Ctrl+Z", needs="undo", icon="undo"),
            _c(
                "redo", _T("Commands", "&Redo"), "Ctrl+Shift+Z", "Ctrl+Y", needs="redo", icon="redo"
            ),
            LINE,
            _c("copy-picture", _T("Commands", "Cop&y picture"), "Ctrl+C", needs="picture"),
            _c("paste", _T("Commands", "&Paste picture"), "Ctrl+V"),
            _c("copy-mask", _T("Commands", "Copy &mask"), "Ctrl+Alt+C", needs="mask"),
            _c("paste-mask", _T("Commands", "Paste as mas&k"), "Ctrl+Alt+V", needs="picture"),
            _c("paste-result", _T("Commands", "Paste &as result"), "Ctrl+Shift+V", needs="mask"),
            _c(
                "copy-sent", _T("Commands", "&Copy what gets sent"), "Ctrl+Shift+C", needs="picture"
            ),
            _c("prompts", _T("Commands", "&Earlier prompts…"), "Ctrl+R"),
            _c("copy-prompt", _T("Commands", "C&opy the prompt")),
            LINE,
            _c("extend", _T("Commands", "E&xtend canvas…"), "Ctrl+Alt+E", needs="picture"),
            _c("replace", _T("Commands", "Rep&lace picture…"), needs="picture"),
            _c("remove", _T("Commands", "Remove pic&ture"), needs="picture"),
        ),
    ),
    (
        str(_T("Commands", "&Mask")),
        (
            _c("mask-all", _T("Commands", "&All"), "Ctrl+A", needs="picture"),
            _c("mask-none", _T("Commands", "&None"), "Ctrl+D", needs="mask"),
            _c("mask-invert", _T("Commands", "&Invert"), "Ctrl+I", needs="picture"),
            _c("mask-last", _T("Commands", "Last mas&k"), "Ctrl+Shift+D", needs="last"),
            _c("place-box", _T("Commands", "&Place a box"), "Ctrl+Shift+M", needs="picture"),
            LINE,
            _c("mask-grow", _T("Commands", "&Grow…"), needs="mask"),
            _c("mask-shrink", _T("Commands", "S&hrink…"), needs="mask"),
            _c("mask-feather", _T("Commands", "&Feather…"), "Shift+F6", needs="mask"),
            _c("mask-smooth", _T("Commands", "S&mooth…"), needs="mask"),
            _c("mask-harden", _T("Commands", "Hard&en…"), needs="mask"),
            _c("mask-fill-holes", _T("Commands", "Fill hole&s…"), needs="mask"),
            _c("mask-drop-specks", _T("Commands", "Drop spe&cks…"), needs="mask"),
            LINE,
            _c("overlay", _T("Commands", "Show o&verlay"), "Ctrl+H", checkable=True),
            LINE,
            _c("frame-wider", _T("Commands", "&Widen the frame"), "Ctrl+Shift+PgUp", needs="mask"),
            _c(
                "frame-narrower",
                _T("Commands", "Narr&ow the frame"),
                "Ctrl+Shift+PgDown",
                needs="mask",
            ),
            _c("frame-left", _T("Commands", "Frame to the &left"), "Ctrl+Shift+Left", needs="mask"),
            _c(
                "frame-right",
                _T("Commands", "Frame &to the right"),
                "Ctrl+Shift+Right",
                needs="mask",
            ),
            _c("frame-up", _T("Commands", "Frame &up"), "Ctrl+Shift+Up", needs="mask"),
            _c("frame-down", _T("Commands", "Frame &down"), "Ctrl+Shift+Down", needs="mask"),
            _c("frame-reset", _T("Commands", "&Reset the frame"), "Ctrl+Shift+Home", needs="mask"),
        ),
    ),
    (
        str(_T("Commands", "&View")),
        (
            _c("fit", _T("Commands", "&Fit"), "Ctrl+0", needs="picture"),
            _c("actual", _T("Commands", "&100 %"), "Ctrl+1", needs="picture"),
            _c("zoom-mask", _T("Commands", "Zoom to &mask"), "Ctrl+Alt+0", needs="mask"),
            _c(
                "zoom-change",
                _T("Commands", "Zoom to the &change"),
                "Ctrl+Alt+1",
                needs="variant",
            ),
            _c("zoom-in", _T("Commands", "Zoom &in"), "Ctrl++", "Ctrl+=", needs="picture"),
            _c("zoom-out", _T("Commands", "Zoom &out"), "Ctrl+-", needs="picture"),
            LINE,
            _c("grid", _T("Commands", "&Grid"), "F7", needs="variant", icon="grid", checkable=True),
            _c("beside", _T("Commands", "&Side by side"), "F8", needs="variant", checkable=True),
            _c("divider", _T("Commands", "Di&vider"), "F9", needs="variant", checkable=True),
            _c("difference", _T("Commands", "Diff&erence"), "F10", needs="variant", checkable=True),
            _c(
                "heat",
                _T("Commands", "Show &what changed outside"),
                "Shift+F10",
                needs="variant",
                checkable=True,
            ),
            _c("divider-turn", _T("Commands", "Tur&n the divider"), "Shift+F9", needs="variant"),
            _c("page-next", _T("Commands", "Ne&xt page of the grid"), needs="pages"),
            _c("page-previous", _T("Commands", "Previous p&age of the grid"), needs="pages"),
            _c("tear-off", _T("Commands", "&Tear off"), "F12", needs="variant", checkable=True),
            LINE,
            _c("mask-look", _T("Commands", "&Look of the mask…")),
            _c("mask-view", _T("Commands", "Next view of the mas&k"), needs="picture"),
            _c(
                "mask-borders",
                _T("Commands", "Outline the sent and the &blend mask"),
                checkable=True,
            ),
            _c("precise", _T("Commands", "Precise cu&rsor"), checkable=True),
            LINE,
            _c("panels", _T("Commands", "Show &panels"), checkable=True),
            _c("full-screen", _T("Commands", "F&ull screen"), "F11", checkable=True),
            _c("dark", _T("Commands", "&Dark theme"), checkable=True),
        ),
    ),
    (
        str(_T("Commands", "&Run")),
        (
            _c("send", _T("Commands", "&Send"), "Ctrl+Enter", "Ctrl+Return", needs="picture"),
            _c(
                "what-is-sent",
                _T("Commands", "&What gets sent…"),
                "Alt+Enter",
                "Alt+Return",
                needs="picture",
            ),
            _c("keep", _T("Commands", "&Keep the shown result"), needs="variant"),
            _c("stop", _T("Commands", "S&top all"), "Shift+Esc", needs="running"),
            _c("stop-queued", _T("Commands", "Stop &queued"), needs="running"),
            LINE,
            _c("star", _T("Commands", "Sta&r the result"), needs="star"),
            _c("reject", _T("Commands", "Re&ject the result"), needs="reject"),
            _c("anyway", _T("Commands", "&Use anyway"), needs="anyway"),
            _c("look", _T("Commands", "L&ook again for its answer"), needs="look"),
            _c("again", _T("Commands", "Re&do"), needs="again"),
            _c("again-final", _T("Commands", "Redo at &Final"), needs="again-final"),
            _c("copy-wish", _T("Commands", "&Copy the prompt of the result"), needs="copy-wish"),
            LINE,
            _c("next-picture", _T("Commands", "&Next picture"), "PgDown", needs="picture"),
            _c("previous-picture", _T("Commands", "&Previous picture"), "PgUp", needs="picture"),
            LINE,
            _c("providers", _T("Commands", "Pro&viders and keys…"), "Ctrl+K"),
            LINE,
            _c("next-area", _T("Commands", "Next &area"), "F6"),
        ),
    ),
    (
        str(_T("Commands", "&Help")),
        (
            _c("keys", _T("Commands", "&Keys"), "F1", "?", "Shift+?"),
            _c("about", _T("Commands", "&About Frisket")),
        ),
    ),
)


def commands() -> Iterator[Command]:
    """Every command of every menu, in order, without the lines between them."""
    return (command for _, entries in MENUS for command in entries if command.id)


def translated(text: str) -> str:
    return QCoreApplication.translate("Commands", text)


def build(window: QMainWindow) -> dict[str, QAction]:
    """Fill the window's menu bar; the actions by id, each with its keys and a tooltip.

    Those that need something are off.
    """
    actions: dict[str, QAction] = {}
    window.menuBar().setStyle(BarStyle(window.menuBar()))
    for title, entries in MENUS:
        menu = Menu(window)
        menu.setTitle(translated(title))
        window.menuBar().addMenu(menu)
        if any(command.id in ON_STAGE for command in entries):
            menu.aboutToShow.connect(partial(_tell_keys, menu))
        for command in entries:
            if not command.id:
                menu.addSeparator()
                continue
            action = QAction(translated(command.text), window)
            action.setObjectName(command.id)
            action.setCheckable(command.checkable)
            action.setEnabled(not command.needs)  # what it needs may come
            action.setAutoRepeat(command.id.startswith(STEPS))
            action.setShortcuts([QKeySequence(keys) for keys in command.keys])
            if command.id in SUBMENUS:
                action.setMenu(Menu(window))
            menu.addAction(action)
            actions[command.id] = action
    return actions


def _tell_keys(menu: Menu) -> None:
    """Say which keys of the stage do the same, as they are printed on the keyboard of now."""
    signs = printed.signs()
    for action in menu.actions():
        keys = ON_STAGE.get(action.objectName(), "")
        if keys:
            words = action.text().partition("\t")[0]
            action.setText(f"{words}\t{printed.said(keys, signs)}")
