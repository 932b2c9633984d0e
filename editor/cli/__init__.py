"""The command line: the same functions in the same order as the window, never Qt."""
