"""Measurements of wirebrief, each against its real opponent."""
