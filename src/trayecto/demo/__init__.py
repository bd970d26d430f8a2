"""What the demo shows: four designed maps, and a simulated company that needs no other data."""
