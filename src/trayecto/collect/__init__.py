"""Files in, clean interactions out; what cannot be used is kept with its reason."""
