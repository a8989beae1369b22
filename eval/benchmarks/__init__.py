"""Measurements of the program from outside, run in a checkout: the wheel leaves this folder out."""
