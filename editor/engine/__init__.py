"""Carrying out an edit: remote, offline or made elsewhere, one job at a time."""
