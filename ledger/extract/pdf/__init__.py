"""PDF -> plain text with its links, or a page of HTML where it has tags; by pypdf (extra `pdf`).

pypdf gives pieces of text with their places. From them follow the lines of a page (`line`, `page`),
with numbers set high as superscripts, the addresses of links (`links`) and the numbers of items
(`labels`), and from gaps and sizes of letters paragraphs and headings (`text`); what stands at
every page around the text goes (`running`). A tagged PDF says itself what its parts are: `marks`
knows in which one text is drawn, `structure` which elements they make, and `tagged` makes a page
of them.
"""
