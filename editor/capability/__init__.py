"""What a model can do, as data: fields, limits, prices and flags from one table."""
