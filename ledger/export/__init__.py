"""An audit -> text in one format, piece by piece: a function per file, `to_...(audit)`.

`markdown` and `html` are for people, `json` for programs, `csv` for tables. Each is complete:
nothing is cut, and what comes from outside is shown by all of them and obeyed by none (`cells`).
Of a set they go through its audits once and keep none, however many there are (`set_by`). `warc` is
of captures, and of no audit.

The Markdown is put together from `in_short` (what an editor must know first), `withdrawn`,
`over_all` (tables of a set), `sections` (of one article) with `sentences` and `outlets`, by
`markup` and in the words of `wording`. The page is that Markdown, rendered, with links by `jumps`.
"""
