"""What is kept: the open pictures, their masks, rounds and variants in one file."""
