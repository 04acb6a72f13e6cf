"""Wikitext -> Document, by way of Markdown.

`read` has the stages: `marks` closes what is left open, for the parser, and `tables` puts marks
where cells begin; `cite` collects the footnotes and what they name, by `publication` for the
templates of works; `write` makes lines of Markdown in which each footnote is a mark, with
`templates` (and `words`, what they show) for templates and `spell` for characters; `tables` makes
rows of cells. `read` exchanges the marks for the numbers of the footnotes.
"""
