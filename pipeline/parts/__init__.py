"""A feed in parts: each is made by itself, kept in a file, and put back in its place."""
