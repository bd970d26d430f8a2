"""The journey map as one picture, lane by lane."""
