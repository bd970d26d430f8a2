"""How it felt: the expected and the measured curve."""
