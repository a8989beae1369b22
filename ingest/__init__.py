"""Files in, citable clauses and facts out; knows no store."""
