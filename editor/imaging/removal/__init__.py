"""Taking something out of a picture: a hole is filled from what surrounds it, at home."""
