"""The command line: translate, make one call to flow, translate the answer."""
