"""Composes answers from quoted words and fixed phrases alone; the default composer."""
