"""Rerankers, one file each, named by a setting."""
