"""The HTTP face: an application factory, its routes, its wire schemas and its table of errors."""
