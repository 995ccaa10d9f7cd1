"""Compare finished runs: which configuration is better, by how much, and whether that is luck."""
