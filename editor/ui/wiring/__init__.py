"""Between session and window: signals one way, calls the other; one file for each part."""
