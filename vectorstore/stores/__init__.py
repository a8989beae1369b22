"""Vector stores, one file each, named by a setting."""
