"""The facts of a catalog as tables, and what may be asked of them."""
