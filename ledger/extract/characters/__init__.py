"""Bytes -> characters."""
