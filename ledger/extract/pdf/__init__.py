"""PDF -> plain text with its links, or a page of HTML where it has tags; by pypdf (extra `pdf`).

`read` asks for all of it. pypdf gives pieces of text with their places, where `fonts` are such as
it reads. From them follow the lines of a page (`line`, `page`), with numbers set high as
superscripts, the addresses of links (`links`), the numbers of items (`labels`) and large first
letters (`first_letters`). What stands at every page around the text goes (`running`), words are
whole again (`broken_words`), and gaps and sizes of letters make paragraphs (`paragraphs`,
`margins`), notes (`feet`) and headings (`text`). A tagged PDF says itself what its parts are:
`marks` knows in which one text is drawn, `structure` which elements they make, and `tagged` makes a
page of them.
"""
