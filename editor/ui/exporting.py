"""ExportPanel: in which form the asset is written, what it will be called, what stays exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from editor.compose.assets.manner import LAYERED, SHALLOW, Manner
from editor.ui import export_words
from editor.ui.controls.button import Button
from editor.ui.controls.combo import Combo
from editor.ui.controls.message import Message
from editor.ui.controls.option import Option
from editor.ui.controls.row import FieldRow
from editor.ui.controls.scrub_number import ScrubNumber, Span
from editor.ui.controls.segmented import Segmented
from editor.ui.controls.switch import Switch
from editor.ui.controls.text_field import TextField
from editor.ui.language import by, label, sentence
from editor.ui.theme import current

if TYPE_CHECKING:
    from editor.compose.assets.manner import Preset
    from editor.session.exporting import Example

WIDE = 420
"""Logical pixels: two columns of the right-hand panel and room for a name."""

LOW = 768
"""Logical pixels: a screen lower than that has all rows only where they stand closer."""

OWN = "own"
"""The entry of the presets when what is chosen is none of them."""

SHOWN, ALL = "shown", "all"

_LONGEST = 36
"""Characters of a folder that have room on its button."""


class ExportPanel(QDialog):
    """A window beside the picture, so that what is exported can still be changed.

    changed carries a Manner whenever something was chosen; exported a Manner, whether all
    results are meant, and the folder or None for beside the source. folder_wanted,
    copy_wanted: the buttons of that name.
    """

    changed = Signal(object)
    exported = Signal(object, bool, object)
    folder_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, presets: Sequence[Preset], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export-panel")
        self.setAccessibleName(self.tr("Export"))
        self.setWindowTitle(self.tr("Export"))
        self._presets = {preset.id: preset for preset in presets}
        self._manner = presets[0].manner
        self._folder: Path | None = None
        self._count = ""
        self._make_controls(presets)
        sizes = current().sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.apart, sizes.apart, sizes.apart, sizes.apart)
        low = self.screen().availableGeometry().height() < LOW
        column.setSpacing(sizes.small if low else sizes.near)
        for row in self._rows():
            column.addWidget(row)
        self._help = Message("export-help")
        self._name_line = Message("export-name-example")
        self._exact = Message("export-exact")
        column.insertWidget(1, self._help)
        column.addSpacing(sizes.small)
        column.addWidget(self._name_line)
        column.addWidget(self._exact)
        column.addStretch(1)
        column.addLayout(self._buttons())
        self.setFixedWidth(WIDE)
        self.show_results(0, starred=False)
        self._show(presets[0].id)

    @property
    def manner(self) -> Manner:
        """What is chosen now."""
        return self._manner

    def show_example(self, example: Example | None) -> None:
        """Say what an export would make; None switches it off while nothing is open."""
        problem = example.problem if example else None
        local = self.tr("It says that this project stays on this computer")
        self._recipe_row.show_limit(local if example and example.local else "")
        self._name.show_wrong(problem is not None)
        self._export.set_off("" if example and not problem else self.tr("Nothing can be written"))
        if example is None:
            self._name_line.show_words(self.tr("No picture is open"))
            self._exact.show_words("")
            return
        if problem is not None:
            self._name_line.show_words(sentence(problem), "error")
            return
        size = by(*example.size)
        self._name_line.show_words(f"{example.name}   {size}")
        self._exact.show_words(*export_words.exact(self._manner.format, example.steps))

    def show_results(self, count: int, *, starred: bool) -> None:
        """Say how many results there are to export together."""
        words = self.tr("{count} results") if count != 1 else self.tr("1 result")
        if starred:
            words = self.tr("{count} starred")
        self._count = words.format(count=count) if count else ""
        if not count:
            self._which.show_value(SHOWN)
        self._show_which()

    def show_folder(self, folder: Path | None) -> None:
        """Write here; None for beside the source."""
        self._folder = folder
        words = str(folder) if folder else self.tr("Beside the source")
        self._folder_button.setText(_elided(words))
        self._folder_button.describe(self.tr("Folder: {folder}").format(folder=words))

    def _make_controls(self, presets: Sequence[Preset]) -> None:
        options = [Option(preset.id, label(preset.label)) for preset in presets]
        own = Option(OWN, self.tr("Own choice"))
        self._preset = Combo("export-preset", self.tr("Preset"), [*options, own])
        self._preset.chosen.connect(self._take_preset)
        which = [Option(SHOWN, self.tr("What is shown")), Option(ALL, self.tr("All results"))]
        self._which = Segmented("export-which", self.tr("Pictures"), which)
        self._which.show_value(SHOWN)
        self._format = Combo("export-format", self.tr("Format"), export_words.formats())
        self._format.chosen.connect(lambda value: self._change(format=value))
        self._size = Combo("export-size", self.tr("Longer side"))
        self._size.chosen.connect(lambda value: self._change(longest=int(value)))
        depths = [Option("0", self.tr("As the source")), Option("8", self.tr("8 bits"))]
        self._depth = Segmented("export-depth", self.tr("Depth"), depths)
        self._depth.chosen.connect(lambda value: self._change(depth=int(value)))
        colours = [Option("", self.tr("Profile kept")), Option("srgb", self.tr("sRGB"))]
        self._colours = Segmented("export-colours", self.tr("Colours"), colours)
        self._colours.chosen.connect(lambda value: self._change(srgb=value == "srgb"))
        self._dpi = Combo("export-dpi", self.tr("Resolution"))
        self._dpi.chosen.connect(lambda value: self._change(dpi=int(value)))
        told = [
            Option("kept", self.tr("Kept")),
            Option("no-place", self.tr("No location")),
            Option("none", self.tr("None")),
        ]
        self._exif = Segmented("export-exif", self.tr("EXIF, XMP"), told)
        self._exif.chosen.connect(lambda value: self._change(exif=value))
        self._lossless = Switch("export-lossless", self.tr("Lossless"))
        self._lossless.clicked.connect(lambda on: self._change(lossless=on))
        self._quality = ScrubNumber("export-quality", self.tr("Quality"), Span(1, 100, 1, 90))
        self._quality.changed.connect(lambda value: self._change(quality=round(value)))
        self._disclosed = Switch("export-disclosed", self.tr("Say that a model made parts of it"))
        self._disclosed.clicked.connect(lambda on: self._change(disclosed=on))
        files = self.tr("With answer, mask and prompt, so that it can be made again")
        spread = self.tr("The picture tells it to whoever has the file, with the prompt")
        ways = [
            Option("none", self.tr("None")),
            Option("beside", self.tr("Beside it"), files),
            Option("inside", self.tr("Inside too"), spread),
        ]
        self._recipe = Segmented("export-recipe", self.tr("Recipe"), ways)
        self._recipe.chosen.connect(
            lambda way: self._change(recipe=way != "none", embedded=way == "inside")
        )
        self._name = TextField("export-name", self.tr("Name"), longest=160)
        self._name.changed.connect(lambda text: self._change(name=text))
        self._folder_button = Button("export-folder", "")
        self._folder_button.clicked.connect(self.folder_wanted)
        self.show_folder(None)

    def _rows(self) -> list[QWidget]:
        self._which_row = FieldRow("row-export-which", self.tr("Pictures"), self._which)
        tokens = self.tr("{name} {model} {variant} {date} {w} {h} are filled in")
        name_row = FieldRow("row-export-name", self.tr("Name"), self._name, tokens)
        name_row.show_limit(tokens)
        self._recipe_row = FieldRow("row-export-recipe", self.tr("Recipe"), self._recipe)
        rows = [
            FieldRow("row-export-preset", self.tr("Preset"), self._preset),
            self._which_row,
            FieldRow("row-export-format", self.tr("Format"), self._format),
            FieldRow("row-export-size", self.tr("Longer side"), self._size),
            FieldRow("row-export-depth", self.tr("Depth"), self._depth),
            FieldRow("row-export-colours", self.tr("Colours"), self._colours),
            FieldRow("row-export-dpi", self.tr("Resolution"), self._dpi),
            FieldRow("row-export-exif", self.tr("EXIF, XMP"), self._exif),
            FieldRow("row-export-lossless", self.tr("Lossless"), self._lossless),
            FieldRow("row-export-quality", self.tr("Quality"), self._quality),
            FieldRow("row-export-disclosed", self.tr("Disclosed"), self._disclosed),
            self._recipe_row,
            name_row,
            FieldRow("row-export-folder", self.tr("Folder"), self._folder_button),
        ]
        return cast("list[QWidget]", rows)

    def _buttons(self) -> QHBoxLayout:
        self._export = Button("export-go", self.tr("Export"), "primary")
        self._export.setDefault(True)
        self._export.clicked.connect(
            lambda: self.exported.emit(self._manner, self._which.value() == ALL, self._folder)
        )
        copy = Button("export-copy", self.tr("Copy picture"), keys="Ctrl+C")
        copy.clicked.connect(self.copy_wanted)
        close = Button("export-close", self.tr("Close"))
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.setSpacing(current().sizes.near)
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self._export)
        for button in (copy, close):
            button.setAutoDefault(False)
        self._folder_button.setAutoDefault(False)
        return row

    def _take_preset(self, id: str) -> None:
        if id in self._presets:
            self._manner = self._presets[id].manner
            self._show(id)
            self.changed.emit(self._manner)

    def _change(self, **choice: object) -> None:
        self._manner = replace(self._manner, **choice)  # type: ignore[arg-type]  # by name
        same = [id for id, preset in self._presets.items() if preset.manner == self._manner]
        self._show(same[0] if same else OWN)
        self.changed.emit(self._manner)

    def _show(self, preset: str) -> None:
        manner = self._manner
        known = self._presets.get(preset)
        self._preset.show_value(preset)
        self._help.show_words(label(known.help) if known else "")
        self._format.show_value(manner.format)
        self._size.show_options(export_words.sizes(manner.longest))
        self._size.show_value(str(manner.longest))
        shallow = manner.srgb or manner.format in SHALLOW
        self._depth.show_value("8" if shallow else str(manner.depth))
        self._colours.show_value("srgb" if manner.srgb else "")
        self._dpi.show_options(export_words.resolutions(manner.dpi))
        self._dpi.show_value(str(manner.dpi))
        self._exif.show_value(manner.exif)
        self._lossless.show_value(manner.lossless)
        self._quality.show_value(float(manner.quality))
        self._disclosed.show_value(manner.disclosed)
        beside = "beside" if manner.recipe else "none"
        self._recipe.show_value("inside" if manner.embeds else beside)
        self._name.show_value(manner.name)
        self._show_off(manner)

    def _show_off(self, manner: Manner) -> None:
        """Switch off what this format leaves as it is, with the reason."""
        controls: dict[str, Combo | Segmented | ScrubNumber | Switch] = {
            "longest": self._size,
            "srgb": self._colours,
            "depth": self._depth,
            "lossless": self._lossless,
            "quality": self._quality,
            "exif": self._exif,
            "disclosed": self._disclosed,
        }
        for name, reason in export_words.unused(manner).items():
            controls[name].set_off(reason)
        self._show_which()

    def _show_which(self) -> None:
        """Say how many pictures "all" are, or why there is nothing to choose."""
        off = "" if self._count else self.tr("There are no results yet")
        if self._manner.format in LAYERED:
            off = self.tr("One file holds all of them as layers")
        self._which.set_off(off)
        self._which_row.show_limit(off or self._count)


def _elided(words: str) -> str:
    """A path whose end, which tells most, stays."""
    return words if len(words) <= _LONGEST else f"…{words[1 - _LONGEST :]}"
