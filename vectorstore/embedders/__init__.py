"""Embedding models, one file each, named by a setting."""
