"""The YAML files; a package, so that Hydra finds them wherever wirebrief is installed."""
