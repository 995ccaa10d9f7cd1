"""Rows of bytes through a Ray cluster; what they are, others know. Ray is imported here only."""
