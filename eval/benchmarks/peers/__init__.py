"""Clausewise beside what one would build with a framework: the same questions, the same embedder."""
