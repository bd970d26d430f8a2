"""Designed against observed: the map beside what customers did. Pure: numbers in, words out."""
