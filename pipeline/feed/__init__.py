"""Wire bytes in, articles out."""
