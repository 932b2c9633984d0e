"""Offered: the table with each provider at the address where it is to be asked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace

from editor.capability.catalog import Catalog
from editor.capability.provider import Provider
from editor.preferences.addresses import NONE_KEPT, address_for


def offered(
    catalog: Catalog,
    kept: Mapping[str, str] = NONE_KEPT,
    environ: Mapping[str, str] = os.environ,
) -> Catalog:
    """Give every provider the address of the environment, or of those kept by the person."""

    def moved(provider: Provider) -> Provider:
        address = address_for(provider.id, environ, kept)
        return replace(provider, base_url=address) if address else provider

    return replace(catalog, providers=tuple(map(moved, catalog.providers)))
