"""Trains the reader: examples, pairs with what only sounds alike, training, figures."""
