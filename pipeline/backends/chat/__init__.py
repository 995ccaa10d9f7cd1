"""Instruct models: asked in words, over an endpoint or on this machine."""
