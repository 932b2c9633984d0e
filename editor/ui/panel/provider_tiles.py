"""ProviderTiles: which provider it is, each with where its key rests."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from editor.capability.provider import Provider
from editor.session.provider_state import ProvidersState
from editor.ui.controls.choice_tile import ChoiceTile
from editor.ui.controls.tooltip import describe
from editor.ui.language import label
from editor.ui.theme import current

COLUMNS = 2


class ProviderTiles(QWidget):
    """`chosen` carries the id of a provider; begun asks for a new profile of one's own.

    mended carries the id of a profile that cannot be read.
    """

    chosen = Signal(str)
    begun = Signal()
    mended = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("provider-tiles")
        describe(self, self.tr("Provider"))
        self._tiles: dict[str, ChoiceTile] = {}
        self._labels: tuple[tuple[str, str], ...] = ()
        self._broken: tuple[str, ...] = ()
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(current().sizes.near)

    def show_state(self, state: ProvidersState) -> None:
        """Show the providers there are; the tiles stay where they are while these do."""
        labels = tuple((one.id, label(one.label)) for one in state.providers)
        if (labels, state.broken) != (self._labels, self._broken):
            self._labels, self._broken = labels, state.broken
            self._build()
        for provider in state.providers:
            note, icon = self._note(provider, state)
            self._tiles[provider.id].show_note(note, icon)
        self._tiles[state.chosen.id].setChecked(True)

    def _build(self) -> None:
        while item := self._grid.takeAt(0):
            if tile := item.widget():
                tile.deleteLater()
        self._tiles = {}
        for id, name in self._labels:
            tile = ChoiceTile(f"provider-{id}", name)
            tile.clicked.connect(lambda _=False, id=id: self.chosen.emit(id))
            self._group.addButton(tile)
            self._tiles[id] = tile
        every = [*self._tiles.values(), *map(self._mend, self._broken), self._own()]
        for at, tile in enumerate(every):
            self._grid.addWidget(tile, at // COLUMNS, at % COLUMNS)

    def _mend(self, id: str) -> ChoiceTile:
        """The tile of a profile that cannot be read."""
        tile = _opener(ChoiceTile(f"broken-{id}", id))
        tile.show_note(self.tr("cannot be read"), "warning")
        tile.clicked.connect(lambda: self.mended.emit(id))
        return tile

    def _own(self) -> ChoiceTile:
        tile = _opener(ChoiceTile("provider-own", self.tr("Custom…")))
        tile.show_note(self.tr("your own profile"), "plus")
        tile.clicked.connect(self.begun)
        return tile

    def _note(self, provider: Provider, state: ProvidersState) -> tuple[str, str]:
        if provider.auth == "none":
            return self.tr("needs no key"), ""
        if provider.id in state.unfit:
            return self.tr("key refused"), "warning"
        where = state.keys.get(provider.id)
        if where == "environment":
            return self.tr("key: environment"), "ok"
        if where == "keyring":
            return self.tr("key: keyring"), "ok"
        if where == "session":
            return self.tr("key: this session"), "ok"
        return self.tr("no key yet"), ""


def _opener(tile: ChoiceTile) -> ChoiceTile:
    """Let a tile open something, which is no choice."""
    tile.setAutoExclusive(False)
    tile.setCheckable(False)
    return tile
