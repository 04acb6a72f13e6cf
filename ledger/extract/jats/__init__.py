"""Articles as journals keep them (JATS) -> Document, by way of HTML.

`read` asks for all of it: `prepare` says in the tree what is left to whoever shows it, `front`
makes the head of a page, `page` the inside of its body, with `works` for the items of its list.
`element` has what all of them ask of one element.
"""

from ledger.extract.jats.read import read_jats

__all__ = ["read_jats"]
