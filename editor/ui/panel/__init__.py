"""The form built from the model's fields, and the prompt."""
