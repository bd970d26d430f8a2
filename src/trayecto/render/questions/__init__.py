"""The picture of each question."""
