"""PDF -> plain text with its links, by pypdf (the extra `pdf`).

pypdf gives pieces of text with their places. From them follow the lines of a page, with numbers set
high as superscripts (`page`), and from gaps and sizes of letters paragraphs and headings (`text`);
what stands at every page around the text goes (`running`).
"""
