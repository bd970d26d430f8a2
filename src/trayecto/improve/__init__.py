"""Improve: rank what hurts, and say what closing each gap would be worth."""
