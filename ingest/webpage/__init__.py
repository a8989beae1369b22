"""Web pages: what a browser would show of them, where the document stands, what stands around it."""
