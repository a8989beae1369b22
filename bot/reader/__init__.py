"""Judges whether a clause answers a question, and which of its words do."""
