"""The table of the command line: each provider where the environment or the window says."""

from __future__ import annotations

from editor.capability.catalog import Catalog, load
from editor.capability.offered import offered
from editor.preferences import preferences


def table() -> Catalog:
    """Every provider, at the address where the window would ask it. Raises TableError."""
    return offered(load(), preferences.load().addresses)
