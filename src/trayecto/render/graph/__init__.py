"""The node graph: which part is shown, where it stands, and how it is drawn."""
