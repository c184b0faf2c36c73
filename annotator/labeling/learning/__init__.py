"""Versions learned from a project: asking for one, using it, running it."""
