"""Changes of the app database, in order."""
