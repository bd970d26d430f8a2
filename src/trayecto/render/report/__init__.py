"""The report of a measured map, part by part."""
