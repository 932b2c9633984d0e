"""Results: the strip, the grid and the side by side view."""
