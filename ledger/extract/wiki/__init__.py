"""Wikitext -> Document."""
