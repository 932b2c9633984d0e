"""Bringing an answer to its surroundings: where it lies, its colours, its grain."""
