"""What may change: the painted coverage, its strokes, history and files."""
