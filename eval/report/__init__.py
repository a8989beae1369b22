"""A run as one HTML file that needs nothing else: no other file, no other host."""
