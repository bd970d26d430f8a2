"""Nouns shared by three or more folders. No engine, no file, no clock."""
