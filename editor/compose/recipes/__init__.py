"""How an asset was made, as files that make it again."""
