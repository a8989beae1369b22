"""What the program costs in time and memory, measured from outside as a user meets it."""
