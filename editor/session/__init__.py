"""What is open now: the state of the window in five small objects, QtCore only."""
