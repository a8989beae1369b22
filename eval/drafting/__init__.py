"""Cases drafted out of documents, for a person to accept, edit or reject."""
