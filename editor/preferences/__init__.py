"""What the person prefers, where files live, and where keys come from."""
