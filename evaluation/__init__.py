"""Scores: strings in, numbers out. Imports nothing of the pipeline."""
