"""Outside bytes to pixels, at arm's length: a limited child process does the reading."""
