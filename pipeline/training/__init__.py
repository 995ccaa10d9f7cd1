"""Recipes that train the starter models from parallel and monolingual text."""
