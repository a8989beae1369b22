"""Question sets that others have published, asked of Clausewise and scored by their own measures."""
