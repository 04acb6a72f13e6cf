"""Keys that say where they lead -> entries: "[@doi:10.1000/x]", "[@url:https://...]".

Manubot needs no list: an identifier is its own entry. A line "[@tag:dams]: doi:10.1000/x" defines a
short name for one. In texts for Mmark the number of an RFC is such an identifier, too, and other
works stand in XML elements: "<reference anchor='dams' target='https://...'>".
"""

import re

from ledger import urls
from ledger.document import Reference
from ledger.extract.markers.identifiers import pages_of
from ledger.extract.markers.named_keys import read_keys
from ledger.letters import holds
from ledger.patterns import later

_IDENTIFIED = later(
    r"\[[^\[\]@\n]{0,40}-?@(?:[^\[\]\n]{0,300}@)?"
    r"(?:(?:doi|arxiv|pmid|pmcid|url):|https?://)[^\[\]\n]{1,600}\]",
)
_NAMED = later(r"^\[@(tag:[\w:.+-]{1,80})\]:[ \t]{1,8}(\S{3,600})[ \t]*$", re.M)
_PLAIN_URL = later(r"(?:url:)?(?=https?://)")
_SHORT_DOI = later(r"doi:(10/[a-z0-9]{2,10})")
"""What the DOI Foundation gives out for a DOI: "doi:10/ggnxb3"."""
_RFC = later(r"@[!?]?RFC([0-9]{1,5})(?=[\],;])")
_RFCS = "https://www.rfc-editor.org/rfc/rfc"
_MMARK = later(r"^\{(?:main|back|front)matter\}[ \t]*$", re.M)
_SIGNED = later(r"(?<=@)[!?](?=[A-Za-z0-9_])")
_ELEMENT = later(
    r"<reference\s[^<>]{0,200}?anchor=['\"](?P<key>[^'\"<>\s]{1,80})['\"](?P<rest>[^<>]{0,1000})>"
    r"(?P<said>(?:[^<]|<(?!/?reference[\s>])){0,4000}+)</reference>"
)
_HEAD = later(
    r"\A\s{0,40}(?:%%%[ \t]*\n(?:[^\n]{0,600}\n){1,80}?%%%[ \t]*\n|(?:%[^\n]{0,600}\n){2,80}+)"
)
_FIELD = later(
    r"^%?[ \t]{0,8}(title|date|fullname)[ \t]{0,8}=[ \t]{0,8}\"?([^\"\n]{1,300}?)\"?$", re.M | re.I
)
_UNNUMBERED = later(r"^\.# ", re.M)
_TARGET = later(r"target=['\"](https?://[^'\"\s<>]{3,1000})['\"]")
_TITLE = later(r"<title>([^<>]{1,400})</title>")


def identified_keys(text: str) -> tuple[str, tuple[Reference, ...]]:
    """A text without lines that say what a name stands for, and the entries. Never raises."""
    if not holds(text, "@doi:", "@arxiv:", "@pm", "@url:", "@http", "[@tag:"):
        return text, ()
    named = {
        match[1]: address for match in _NAMED.finditer(text) if (address := _address(match[2]))
    }
    below = _NAMED.sub("", text) if named else text
    found = {key: _entry(key, address) for key, address in named.items()}
    for match in _IDENTIFIED.finditer(below):
        marker = read_keys(match[0])
        for key in marker.labels if marker else ():
            if key not in found and (address := _address(key)):
                found[key] = _entry(key, address)
    return below, tuple(found.values())


def _entry(key: str, address: str) -> Reference:
    return Reference(marker=key, raw=key, url=address, urls=(address,))


def mmark(text: str) -> tuple[str, tuple[Reference, ...]]:
    """A text for Mmark as other Markdown has it, without its works; these. Never raises."""
    if not (holds(text, "matter}") and _MMARK.search(text)):
        return text, ()
    found = tuple(map(_element, _ELEMENT.finditer(text)))
    head = _HEAD.match(text)
    below = _SIGNED.sub("", _MMARK.sub("", _ELEMENT.sub("", text[head.end() if head else 0 :])))
    fields = _FIELD.findall(head[0]) if head else ()
    names = {"title": "title", "date": "date", "fullname": "author"}
    about = "".join(f'{names[key.lower()]}: "{said}"\n' for key, said in fields)
    numbers = dict.fromkeys(_RFC.findall(below))
    rfcs = (_entry(f"RFC{number}", f"{_RFCS}{number}") for number in numbers)
    found = (*found, *rfcs)
    below = _UNNUMBERED.sub("# ", below)
    return f"---\n{about}---\n{below}" if about else below, found


def _element(match: re.Match[str]) -> Reference:
    target, title = _TARGET.search(match["rest"]), _TITLE.search(match["said"])
    address = urls.repair(target[1]) if target else None
    said = " ".join(title[1].split()) if title else None
    addresses = (address,) if address else ()
    return Reference(match["key"], match[0], address, addresses, said)


def _address(key: str) -> str | None:
    if match := _PLAIN_URL.match(key):
        return urls.repair(key[match.end() :])
    page = next(pages_of(key.replace("pmcid:", "")), None)
    if page is None and (short := _SHORT_DOI.fullmatch(key)):
        page = f"https://doi.org/{short[1]}"
    return urls.repair(page) if page else None
