"""Address as found in text -> address as meant.

Between a page and its citation an address passes through editors, Markdown writers, HTML escapers
and careful people who write "kremlin dot ru". What they did is undone here, and nothing else: what
comes out still has the spelling of its author (`normalise` is for identity).
"""

import re
from functools import lru_cache
from urllib.parse import quote

from ledger.patterns import STOPS_OF_OTHERS
from ledger.urls.spelling import MAX_LENGTH, normalise, redact

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ESCAPE = re.compile(r"(?:\\|%5C)+(?=[!-/:-@\[-`{-~])", re.IGNORECASE)  # Markdown: \_ \- \& \#
_TWO_READINGS = re.compile(r"[^/?#]*//[^/?#]*\\@")  # host before or after: readers differ
_AMPERSAND = re.compile(r"&(?:amp;|#0{0,3}38;|#x0{0,3}26;)+", re.IGNORECASE)
_MARKUP_AFTER = re.compile(r"&(?:lt|gt|quot|nbsp|apos|#0{0,3}3[49]);.*", re.IGNORECASE | re.DOTALL)
_TWICE = re.compile(r"\A(?:https?://){1,3}(?=https?://)", re.IGNORECASE)
_SCHEME = re.compile(  # also hxxp[:]//, ttps://, http//, https:\\
    r"h?(?:tt|xx)p(s?)\s?\[?[:：]?\]?\s?[/／\\]{1,8}", re.IGNORECASE
)
_DOT = re.compile(
    r"\s{1,3}dot\s{1,3}|\s{0,3}[\[({]\s?(?:dot|\.)\s?[\])}]\s{0,3}",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:doi\s?:?\s?)?(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)
_ARXIV = re.compile(
    r"arxiv\s?:\s?((?:[a-z-]{2,17}(?:\.[a-z]{2})?/[0-9]{7}|[0-9]{4}\.[0-9]{4,5})(?:v[0-9]{1,2})?)\b.*",
    re.IGNORECASE | re.DOTALL,
)

_PLAIN = re.compile(
    r"https?://(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}"
    r"(?:[/?#][A-Za-z0-9/?#._~=&+:-]{0,2000}(?<=[A-Za-z0-9/=&+~#-]))?"
)
"""An address with nothing in it or around it that could have to be undone: most are."""

_OPENERS = "<([{\"'`“”„‘’«‹「『【（《*_ "
_CLOSERS = dict(zip(")]}>）】」』》", "([{<（【「『《", strict=True))
_TRAILING = frozenset(".,;:!?\"'`“”‘’«»‹›…*~|\\")
_OTHER_STOPS = f"“”«»，。；！？、「」『』【】《》{STOPS_OF_OTHERS}"
_STOPS = re.compile(rf"[\s<>\"{_OTHER_STOPS}]")
_OTHER_STOP = re.compile(f"[{_OTHER_STOPS}](?!https?://)")
_GLUED_MARKER = re.compile(r"\[\^?[0-9]{1,4}\]\Z")


def as_sent(target: str) -> str:
    """The target of a link, its stops of other scripts as browsers send them: "，" is "%EF%BC%8C".

    In a text an address ends there; where a link says how far it goes, they are part of it. Those
    at its end are left, since they may be of the sentence, and so are those before another address.
    Never raises.
    """
    if target.isascii():
        return target
    whole = target.rstrip(_OTHER_STOPS)
    return _OTHER_STOP.sub(lambda stop: quote(stop[0]), whole) + target[len(whole) :]


@lru_cache(maxsize=4096)
def repair(raw: str) -> str | None:
    """The address that was meant; None when there is none to be had.

    Undone are Markdown and HTML escapes, invisible characters, markup and punctuation around it
    (a closing bracket stays where its opening one is part of the address), a citation marker glued
    to its end, "hxxp", "[.]" and " dot " in the host, a half-written or missing scheme (https is
    assumed). DOIs and arXiv ids become the address they stand for. Credentials are removed, since
    what comes out is stored. It ends at white space, unless angle brackets hold it: there a space
    is part of it.

    `normalise` takes whatever comes out; repairing that once more changes nothing. Never raises.
    """
    if len(raw) > MAX_LENGTH or ("\\" in raw and _TWO_READINGS.match(raw)):
        return None
    if _PLAIN.fullmatch(raw):
        return None if normalise(raw) is None else raw
    text = _INVISIBLE.sub("", raw).strip()
    pointed = text.startswith("<") and text.endswith(">")
    emphasised = text.startswith("_")
    text = _AMPERSAND.sub("&", _ESCAPE.sub("", text.lstrip(_OPENERS)))
    text = _MARKUP_AFTER.sub("", text)
    scheme, place, rest = _parts(_identified(text) or text)
    if pointed:
        rest = re.sub(r"\s+", "%20", rest.rstrip("> \t\n"))
    if (stop := _STOPS.search(rest)) is not None:
        rest = rest[: stop.start()]
    address = _trimmed(f"{scheme}{place}{rest}", emphasised=emphasised)
    if not place or normalise(address) is None:
        return None
    # Without its credentials it may have brackets to close that they opened.
    bare = _trimmed(redact(address), emphasised=emphasised)
    whole = bare if scheme else f"https://{bare}"
    return None if normalise(whole) is None or _is_cut(whole) else whole


def _is_cut(address: str) -> bool:
    """Whether nothing but a name without a dot is left of an address: "https://t...."."""
    name = address.partition("//")[2].rstrip("/")
    return bool(name) and name != "localhost" and not any(sign in name for sign in ".:/?#[")


def _identified(text: str) -> str | None:
    """The address that a DOI or arXiv id stands for; None when it is neither."""
    if found := _ARXIV.fullmatch(text):
        return f"https://arxiv.org/abs/{found[1]}"
    found = _DOI.fullmatch(text)
    return f"https://doi.org/{found[1]}" if found else None


def _parts(text: str) -> tuple[str, str, str]:
    """Scheme ("" when missing), host with what was written for its dots undone, and the rest."""
    text = _TWICE.sub("", text, count=1)
    found = _SCHEME.match(text)
    if found is None and text[:1] == "/" != text[1:2]:  # a place on the site: "/index.php/Dams"
        return "", "", text
    scheme = f"http{found[1].lower()}://" if found else "https://" if text[:2] == "//" else ""
    text = text[found.end() if found else 0 :].lstrip("/\\ \t\n")
    end = next((i for i, char in enumerate(text) if char in "/?#"), len(text))
    place, rest = _DOT.sub(".", text[:end].replace("%20", " ")).strip(), text[end:]
    if place and place.split()[0] != place:  # the address ended inside: "a.org and/or b.org"
        place, rest = place.split()[0], ""
    return scheme, place, rest


def _trimmed(text: str, *, emphasised: bool) -> str:
    """Without what follows an address in prose."""
    surplus: dict[str, int] = {}
    end = len(text)
    while end:
        last = text[end - 1]
        if last in _TRAILING or (emphasised and last == "_"):
            end -= 1
        elif last in _CLOSERS and (
            surplus.setdefault(last, text.count(last) - text.count(_CLOSERS[last])) > 0
        ):
            surplus[last] -= 1
            end -= 1
        elif (
            last == "]"
            and "?" not in text
            and (marker := _GLUED_MARKER.search(text, max(0, end - 7), end))
        ):
            end = marker.start()
        else:
            break
    return text[:end]
