"""Widgets: they show and report, and decide nothing."""
