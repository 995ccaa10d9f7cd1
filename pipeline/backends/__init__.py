"""Engines that generate text. They know strings, not articles."""
