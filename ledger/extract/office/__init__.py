"""Files of office programs -> Document, by way of HTML.

`word` (.docx) has mammoth make it, from `word_parts` spelled as mammoth knows them, with the pages
that stand whole in it (`word_chunks`); `opendocument` (.odt) makes it itself, with
`opendocument_styles`. `page` reads it, as a page that is all article, and adds what
`citation_fields` and `citation_records` know of the works that are cited; so it does with the page
made of a tagged PDF.
"""
