"""Bytes -> Document: one reader per format."""
