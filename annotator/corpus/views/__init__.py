"""Pages about projects, one idea a module."""
