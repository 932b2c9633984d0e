"""The only door to the network: calls go out, messages come back."""
