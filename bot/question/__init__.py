"""What a question asks, read off its text and off the questions before it."""
