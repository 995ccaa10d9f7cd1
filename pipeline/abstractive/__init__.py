"""Write summaries with a model."""
