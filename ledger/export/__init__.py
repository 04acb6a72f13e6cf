"""An audit -> text in one format: a pure function per file, `to_...(audit) -> str`.

`markdown` and `html` are for people, `json` for programs, `csv` for tables. Each is complete:
nothing is cut, and what comes from outside is shown by all of them and obeyed by none (`cells`).
"""
