"""The wire formats, one a file."""
