"""Log lines: how they are written, where they go, and those of a whole run."""
