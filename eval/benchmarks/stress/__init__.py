"""Whether the program keeps its word under load, made-up requests and kills."""
