"""How providers speak: pure functions from requests to calls and from messages to events."""
