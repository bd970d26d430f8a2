"""Satisfaction, effort and recommendation scores, each by its declared formula."""
