"""Pick sentences."""
