"""Who is who: links are evidence, people are computed from them."""
