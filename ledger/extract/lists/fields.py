"""A field of an entry, with its name: "URL: https://...", "**Source:** [here](https://…)"."""

from ledger.extract.lists.addresses import LINK
from ledger.patterns import later

FIELD = later(
    r"(?:\*\*|__)?([^\W\d_][\w /-]{0,24})(?:\*\*|__)?\s?[:：](?!//)(?:\*\*|__)?\s{0,4}(?=\S)"
)
"""How a part is named: "URL: https://..."."""
OF_ADDRESSES = frozenset(
    "url link address doi website web source available online quelle lien enlace liga collegamento "
    "链接 連結 鏈接 网址 網址 来源 來源 bron fonte fuente リンク 링크 ссылка adres odkaz".split()
)


def is_field_of_page(text: str) -> bool:
    """Whether a line is a linked page and a word that leads to it: "**Source:** [here](https://…)"."""
    field = FIELD.match(text) if "](http" in text else None
    return (
        field is not None
        and field[1].strip().casefold() in OF_ADDRESSES
        and LINK.fullmatch(text, field.end()) is not None
    )
