"""Our own controls, one small file each, every state drawn."""
