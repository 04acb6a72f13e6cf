"""A name that several outlets bear means the outlet that is cited beside it."""

import pytest

from ledger.extract.markdown import read_markdown
from ledger.pipeline.claims import claims_of
from ledger.resolve import References

LIST = (
    "\n\n## Sources\n\n1. https://elpais.com/a\n2. https://larepublica.pe/b\n3. https://a.example/c"
)


def named(text: str) -> list[tuple[str, str | None]]:
    """What the sentences of a text name, and the keys of who is meant."""
    document = read_markdown(text + LIST)
    told = claims_of(document, References(document.references), None)
    return [
        (each.name, each.outlet.key if each.outlet else None) for one in told for each in one.named
    ]


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("It closed, according to [El País](https://elpais.com/x).", "El País", "elpais.com"),
        ("It closed, according to [El País](https://elpais.com.uy/x).", "El País", "elpais.com.uy"),
        ("It closed, [El País reported](https://elpais.com/x).", "El País", "elpais.com"),
        ("It closed, [as El País wrote](https://elpais.com.uy/x).", "El País", "elpais.com.uy"),
        ("It closed, [El País reported](https://a.example/x).", "El País", None),
        ("Sie ist zu, laut [Der Standard](https://www.derstandard.at/x).", None, "derstandard.at"),
        ("Cerró, según El País [1].", "El País", "elpais.com"),
        ("Cerró, según La República [2].", "La República", "larepublica.pe"),
        ("It closed, according to El País.", "El País", None),  # nothing says which
        ("It closed, according to El País [3].", "El País", None),  # the page is another's
        ("It closed, [Reuters](https://nytimes.com/x) reported.", "Reuters", "reuters.com"),
    ],
)
def test_who_is_meant(text: str, name: str | None, key: str | None) -> None:
    ((found, outlet),) = named(text)
    assert outlet == key
    assert name is None or found == name
