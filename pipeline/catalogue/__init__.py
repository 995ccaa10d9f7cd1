"""The models that options stand for: what their YAML files say, and which are on this machine."""
