"""Putting the answer into the picture and the picture into a file."""
