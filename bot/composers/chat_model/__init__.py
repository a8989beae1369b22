"""Answers worded by a chat model, each statement proven against its quotes."""
