"""Printed pages: what stands where on them → paragraphs, tables, notes and what only the paper repeats."""
