"""Loaded terms: words that carry a judgement where a plain word exists."""
