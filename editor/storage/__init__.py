"""Durable files: the ground floor that every write to disk passes."""
