"""What customers really do: interactions as ordered steps, asked any question."""
