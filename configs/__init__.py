"""How both commands are configured: the YAML files, and what is said about their values.

A package, so that Hydra finds the files wherever wirebrief is installed.
"""
