"""An audit -> text in one format, piece by piece: a function per file, `to_...(audit)`.

`markdown` and `html` are for people, `json` for programs, `csv` for tables. Each is complete:
nothing is cut, and what comes from outside is shown by all of them and obeyed by none (`cells`).
Of a set they go through its audits once and keep none, however many there are (`set_by`).
"""
