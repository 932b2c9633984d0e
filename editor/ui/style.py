"""The look of plain Qt widgets: palette, face, and one sheet filled from the tokens."""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QIcon, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QMenuBar,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)

from editor.preferences.places import resource
from editor.ui import icons
from editor.ui.theme import Colours, Theme, Type, load, tokens, wear

_ICONS = {
    QStyle.StandardPixmap.SP_FileDialogBack: "chevron-left",
    QStyle.StandardPixmap.SP_ArrowBack: "chevron-left",
    QStyle.StandardPixmap.SP_ArrowForward: "chevron-right",
    QStyle.StandardPixmap.SP_FileDialogToParent: "chevron-up",
    QStyle.StandardPixmap.SP_FileDialogNewFolder: "plus",
    QStyle.StandardPixmap.SP_FileDialogListView: "grid",
    QStyle.StandardPixmap.SP_FileDialogDetailedView: "grip",
    QStyle.StandardPixmap.SP_DirIcon: "open",
    QStyle.StandardPixmap.SP_DirClosedIcon: "open",
    QStyle.StandardPixmap.SP_DirOpenIcon: "open",
    QStyle.StandardPixmap.SP_DirHomeIcon: "open",
    QStyle.StandardPixmap.SP_FileIcon: "picture",
    QStyle.StandardPixmap.SP_ComputerIcon: "open",
    QStyle.StandardPixmap.SP_DriveHDIcon: "open",
}
"""Ours in the places where Qt's own file dialog would show its own."""

_SHEET = Template("""
QToolTip {
    background: $raised; color: $text; border: 1px solid $hairline; border-radius: ${radius}px;
    padding: 0 2px; font-size: ${label_text}px;
}
QMenuBar {
    background: $panel; border: 0; padding: 0 4px;
    menubar-altkey-navigation: 0;  /* Alt erases and drags */
}
QMenuBar::item { padding: 6px 8px; background: transparent; border-radius: ${radius}px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $hover; }
QMenu {
    background: $raised; border: 1px solid $hairline; border-radius: ${radius}px; padding: 4px 0;
}
QMenu::item { padding: 5px 24px 5px 12px; border: 0; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $disabled; background: transparent; }
QMenu::separator { height: 1px; background: $hairline; margin: 4px 0; }
QMenu::icon { left: 6px; }
QMenu::indicator { width: 16px; height: 16px; left: 6px; }
QMenu::indicator:checked { image: url($check); }
QMainWindow::separator { background: $hairline; width: 1px; height: 1px; }
QSplitter::handle { background: $hairline; }
QScrollArea, QAbstractScrollArea { border: 0; background: transparent; }
QScrollBar { scrollbar-leftclick-absolute-position: 1; }
QScrollBar:vertical { width: 10px; margin: 0; background: transparent; }
QScrollBar:horizontal { height: 10px; margin: 0; background: transparent; }
QScrollBar::handle { background: $outline; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $secondary; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    width: 0; height: 0; background: transparent;
}
QLineEdit {
    background: $field; color: $text; border: 1px solid $outline; border-radius: ${radius}px;
    padding: 0 7px; min-height: 26px; max-height: 26px; placeholder-text-color: $secondary;
    selection-background-color: $primary; selection-color: $on_primary;
}
QLineEdit:focus {
    border: 2px solid $accent; padding: 0 6px; min-height: 24px; max-height: 24px;
}
QLineEdit[wrong="true"] { border-color: $error; }
QLineEdit:disabled {
    color: $disabled; border-color: $hairline; placeholder-text-color: $disabled;
}
QAbstractSpinBox QLineEdit {
    border: 0; background: transparent; padding: 0; min-height: 0; max-height: 28px;
}
QLabel[role="label"], QLabel[role="quiet"] { color: $secondary; font-size: ${label_text}px; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="title"] { font-size: ${title_text}px; font-weight: 600; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton {
    background: $raised; color: $text; border: 1px solid $outline; border-radius: ${radius}px;
    padding: 0 11px; min-height: 26px; max-height: 26px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:focus {
    border: 2px solid $accent; padding: 0 10px; min-height: 24px; max-height: 24px;
}
QPushButton:disabled { color: $disabled; border-color: $hairline; }
QPushButton[kind="primary"] { background: $primary; color: $on_primary; border-color: $primary; }
QPushButton[kind="primary"]:hover { background: $primary_hover; }
QPushButton[kind="primary"]:pressed { background: $primary_pressed; }
QPushButton[kind="primary"]:focus { border-color: $on_primary; }
QPushButton[kind="primary"]:disabled {
    background: $hairline; color: $disabled; border-color: $hairline;
}
QPushButton[kind="chosen"] { background: $selected; border-color: $accent; padding: 0; }
QPushButton[kind="link"] {
    background: transparent; color: $accent; border-color: transparent; padding: 0 3px;
}
QPushButton[kind="quiet"] {
    background: transparent; color: $secondary; border-color: transparent; padding: 0 3px;
    font-size: ${label_text}px;
}
QPushButton[kind="quiet"]:hover { color: $text; text-decoration: underline; }
QPushButton[kind="quiet"]:focus { border-color: $accent; padding: 0 2px; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border-color: $accent; padding: 0 2px; }
QPushButton[kind="link"]:disabled, QPushButton[kind="quiet"]:disabled { color: $disabled; }
QPlainTextEdit {
    background: transparent; color: $text; border: 0; placeholder-text-color: $secondary;
    selection-background-color: $primary; selection-color: $on_primary;
}
QPlainTextEdit:disabled { color: $disabled; }
QAbstractItemView {
    background: $field; color: $text; border: 1px solid $hairline; border-radius: ${radius}px;
    outline: 0; selection-background-color: $selected; selection-color: $text;
}
QComboBox QAbstractItemView { background: $raised; padding: 4px 0; }
QTreeView::item, QListView::item { min-height: 24px; }
QListView#history-list::item { padding: 0 4px; }
QListView#prompt-mentions { background: $raised; }
QListView#prompt-mentions::item, QListView#earlier-prompts-list::item { padding: 0 7px; }
QHeaderView { background: $panel; border: 0; }
QHeaderView::section {
    background: $panel; color: $secondary; border: 0; border-bottom: 1px solid $hairline;
    padding: 4px 8px; font-size: ${label_text}px;
}
""")


class QuietStyle(QProxyStyle):
    """Fusion with our icons in Qt's own dialogs.

    It has no hints of its own: Qt asks for thousands while a window is made. They are in the
    sheet, or in a style for the few widgets that they are about.
    """

    def __init__(self) -> None:
        super().__init__("Fusion")

    def standardIcon(
        self,
        standardIcon: QStyle.StandardPixmap,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> QIcon:
        name = _ICONS.get(standardIcon)
        return icons.icon(name) if name else super().standardIcon(standardIcon, option, widget)


class BarStyle(QProxyStyle):
    """The style of a menu bar, whose letters are underlined only in menus that are open."""

    def __init__(self, bar: QMenuBar) -> None:
        super().__init__("Fusion")
        self.setParent(bar)  # a widget does not own its style

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        if hint is QStyle.StyleHint.SH_UnderlineShortcut and isinstance(widget, QMenuBar):
            return 0
        return super().styleHint(hint, option, widget, returnData)


def apply(app: QApplication, name: str, *, still: bool = False) -> Theme:
    """Give the whole application this look. still: reduced motion. Raises KeyError."""
    theme = prepare(app, name, still=still)
    dress(app, theme)
    return theme


def prepare(app: QApplication, name: str, *, still: bool = False) -> Theme:
    """Give the application a look but for its sheet. Raises KeyError.

    A first window is made before the sheet comes: with it, Qt would match the rules anew for
    every widget that is put into another one.
    """
    theme = load(name, still)
    wear(app, theme)
    if not isinstance(app.style(), QuietStyle) and not app.styleSheet():
        app.setStyle(QuietStyle())
    app.setFont(_face(theme.type))
    app.setPalette(_palette(theme.colours))
    return theme


def dress(app: QApplication, theme: Theme, *own: QWidget) -> None:
    """Give the application the sheet of this look, and so all the widgets that there are.

    own: those that were given a style of their own before, to which Qt adds no first sheet.
    """
    app.setStyleSheet(style_sheet(theme))
    for widget in own:
        widget.setStyle(widget.style())


def style_sheet(theme: Theme) -> str:
    """The sheet for plain Qt widgets; our own controls paint themselves."""
    check = resource("themes", f"check-{theme.name}.svg").as_posix()
    return _SHEET.substitute(tokens(theme), check=check)


def _face(type_: Type) -> QFont:
    """The system's own face, or a better one where that is DejaVu; body size, tabular."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if QFontInfo(font).family().startswith("DejaVu"):
        font.setFamilies(
            [face for face in type_.families if QFontDatabase.hasFamily(face)] or [font.family()]
        )
    font.setPixelSize(type_.body)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _palette(colours: Colours) -> QPalette:
    palette = QPalette(colours.panel)
    role = QPalette.ColorRole
    for where, colour in (
        (role.Window, colours.panel),
        (role.Base, colours.field),
        (role.AlternateBase, colours.panel),
        (role.Button, colours.raised),
        (role.ToolTipBase, colours.raised),
        (role.WindowText, colours.text),
        (role.Text, colours.text),
        (role.ButtonText, colours.text),
        (role.ToolTipText, colours.text),
        (role.BrightText, colours.on_primary),
        (role.PlaceholderText, colours.secondary),
        (role.Highlight, colours.primary),
        (role.HighlightedText, colours.on_primary),
        (role.Accent, colours.accent),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.accent),
    ):
        palette.setColor(where, colour)
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, colours.disabled)
    return palette
