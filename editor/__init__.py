"""Frisket: paint what may change; everything else stays yours, to the last bit."""

__version__ = "0.1.0"
