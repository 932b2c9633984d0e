"""Addresses: another base URL for a provider, such as a company's own gateway."""

from __future__ import annotations

import os
from collections.abc import Mapping


def address_for(provider: str, environ: Mapping[str, str] = os.environ) -> str:
    """Look up FRISKET_URL_<PROVIDER>; "" when the provider's own address is to be asked."""
    name = "FRISKET_URL_" + provider.upper().replace("-", "_")
    return environ.get(name, "").strip().rstrip("/")
