"""Taking something out of a picture: the hole is filled from what surrounds it, without a network."""
