"""Bytes -> characters.

`decode` makes text of bytes: by the charset that they say (`charsets` knows what labels mean) or
that they seem to be in (`guess`), and tells in `garbled` what is doubtful. `loaded` makes values of
JSON, with the same care. `invisible` takes out characters that take no place; `raised` knows those
that are set high and are no markers.
"""
