"""Drawing: values in, pictures out. The SVG on paper is the SVG on the page."""
