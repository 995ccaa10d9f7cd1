"""Log finished runs where experiments are kept."""
