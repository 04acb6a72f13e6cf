"""A line below an entry that looks like an entry -> whether it is a part of the one above."""

from collections.abc import Sequence
from functools import lru_cache

from ledger.extract.lists.addresses import ADDRESS, LINK
from ledger.extract.lists.broken_address import has_rest
from ledger.extract.lists.entries import BULLET, CITED, indent
from ledger.extract.lists.fields import FIELD, OF_ADDRESSES
from ledger.extract.lists.open_entry import STOPPED, OpenEntry
from ledger.extract.lists.title import says_when_read
from ledger.extract.markers.authored import is_work
from ledger.patterns import later

_PAGE_BEHIND = later(
    r"(?:[,:;.،–—|-][\"”’)*_]{0,3}\s{1,3}|[，、；：]\s{0,3})"
    r"(?:(?:(?:Available|Retrieved|Accessed|Disponible|Disponível|Recuperado|Verfügbar|Abgerufen)"
    r"(?: online)? )?(?:at|from|en|em|sur|de|unter|von)\s{1,3})?"
    r"(?:\[(?:https?://|www\.|<u>)[^\[\]\n]{3,1000}+\]\((?:[^\s()<>]|\([^\s()<>]{0,200}\)){3,1000}+\)"
    r"|<?https?://[^\s<>]{3,1000}+>?)"
    r"(?:\.?\s{1,2}[\[(](?i:last )?[^\W\d_]{4,20}[^\[\]()\n]{3,40}[\])])?[.)]?$"
)
"""An address at the end of a line, apart from what is before it; a date may be behind it:
"Available at: <https://…> [Accessed 5 May 2024]."."""
_LOOKED_AT = later(
    r"(?:19|20)[0-9]{2}\S{0,6}(?: [^\W\d_]{1,12}){0,2}(?:[,،]?\s{1,2}|[，、]\s{0,2})[\[<]?https?://"
)
"""When a page was read, right before its address: "accessed on July 3, 2025, https://…"."""
_LONGEST_ENTRY, _LONGEST_SITE = 2_500, 60
"""Characters of a line that may end in its page, and of the name of a site above an address.
Chosen; of the lines measured all but one have less than 900."""
_LONGEST_FILE, _MOST_FILES = 120, 3
"""Characters of the name of a file, and names in a row that may stand before an entry with a page.
Chosen."""
_AMONG = 64
"""Lines that are remembered: each is looked at from those above it, too."""
_HOST = later(r"(?:[\w-]{1,63}\.){1,4}[a-z]{2,18}")
_HOST_OF_PAGE = later(r"://(?:www\.)?([\w.-]{4,253})")


def is_part(last: OpenEntry, lines: Sequence[str], number: int) -> bool:
    """Whether a line belongs to an entry although it could begin another one.

    It is the tail of an address broken in two, the page of a site that is a title, or a bullet
    below a numbered entry that has its page or its date. An entry that is no bullet may have its
    page as the only one right below it.
    """
    line = lines[number]
    directly = number == last.lines[-1] + 1
    if directly and has_rest(last.parts, line.strip()):
        return True
    if is_bare_address(line) and _is_of_site(line, last.parts):
        return True
    if not last.labels or is_work(last.labels[-1]) or not last.labels[-1][-1:].isdecimal():
        return False
    bullet = BULLET.match(line)
    if bullet is None:
        return False
    if directly and not BULLET.match(lines[last.lines[0]]):
        below = lines[number + 1] if number + 1 < len(lines) else ""
        paged = any("://" in part for part in last.parts)
        if is_bare_address(bullet[1]) and not (paged or BULLET.match(below)):
            return True
        if FIELD.match(bullet[1]) and not CITED.search(line):
            return True
    return _has_page(bullet[1], last, deeper=indent(line) > last.indent)


def _is_of_site(address: str, parts: Sequence[str]) -> bool:
    """Whether an entry says nothing yet but the site of a page: "www.herald.example"."""
    site = parts[0].strip("*_ ") if len(parts) == 1 else ""
    return site.startswith("www.") and "/" not in site and f"{site[4:]}/" in address


def names_its_site(last: OpenEntry, line: str) -> bool:
    """Whether a line is nothing but the host of an entry's page, as cards have it below a title."""
    host = line.strip()
    if " " in host:
        return False
    host = host.lower().removeprefix("www.")
    if not _HOST.fullmatch(host):
        return False
    pages = (match[1] for part in last.parts for match in _HOST_OF_PAGE.finditer(part))
    return any(page.lower() == host for page in pages)


def _has_page(text: str, last: OpenEntry, *, deeper: bool) -> bool:
    """Whether a bullet has the address of a numbered entry; deeper ones may have more of them."""
    field = FIELD.match(text)
    rest = text[field.end() :] if field else text
    if not (ADDRESS.match(rest) or LINK.match(rest)):
        return False
    if deeper:
        return field is not None or not last.addressed
    named = field is not None and field[1].strip().casefold() in OF_ADDRESSES
    return named and not last.addressed


def is_of_paragraph(found: Sequence[OpenEntry], number: int) -> bool:
    """Whether a line goes on with a work that is a paragraph: a blank line is above the work."""
    last = found[-1]
    if number > last.lines[-1] + 1 or not (last.labels and is_work(last.labels[0])):
        return False
    return len(found) > 1 and last.lines[0] > found[-2].lines[-1] + 1


def is_bare_address(line: str) -> bool:
    """Whether a line is nothing but an address."""
    text = line.strip()
    return text[:4] in ("http", "www.", "<htt") and bool(ADDRESS.fullmatch(text))


def ends_in_page(line: str) -> bool:
    """Whether a line is a title and its address behind it, or a linked title: "Dams, https://…"."""
    text = line.strip()
    if len(text) > _LONGEST_ENTRY or "://" not in text:
        return False
    if text.startswith("[") and LINK.fullmatch(text):
        return True
    return _PAGE_BEHIND.search(text) is not None


def ends_as_entry(line: str) -> bool:
    """Whether a line ends in its address, or with when its page was read."""
    return ends_in_page(line) or says_when_read(line.strip())


def names_own_file(lines: Sequence[str], number: int, last: OpenEntry | None) -> bool:
    """Whether a line is an entry without a page, among such that say when theirs was read.

    A report over somebody's own files lists them by their names, as "Plan for 2025.docx", where the
    pages that it read say "Dams, accessed on July 3, 2025, https://…".

    Args:
        last: The entry above; None at the head of the list.
    """
    if last is not None and not is_dated(last.parts[-1]) and last.addressed:
        return False
    below = (line.strip() for line in lines[number : number + 2 * _MOST_FILES + 2])
    files = [line for line in below if line][: _MOST_FILES + 2]
    pages = [at for at, line in enumerate(files) if is_dated(line)]
    if not pages or pages[0] == 0:
        return False
    return all(
        len(name) <= _LONGEST_FILE and "://" not in name and not STOPPED.search(name)
        for name in files[: pages[0]]
    )


@lru_cache(maxsize=_AMONG)
def is_dated(line: str) -> bool:
    """Whether an entry says when its page was read, right before its address or as its end."""
    return _LOOKED_AT.search(line) is not None or says_when_read(line)


def titles_page(lines: Sequence[str], number: int, *, first: bool = False) -> bool:
    """Whether a line is a title with its page alone on the next line, or behind one with its site.

    Args:
        first: Whether nothing of the list is above it, whatever that line is.
    """
    text = lines[number].strip()
    above = lines[number - 1].strip() if number and not first else ""
    if not text or (above and not is_bare_address(above)) or STOPPED.search(text) or "://" in text:
        return False
    behind = number + 1 + (number + 1 < len(lines) and not lines[number + 1].strip())
    below, second = (line.strip() for line in (*lines[behind : behind + 2], "", "")[:2])
    if is_bare_address(below):
        return True
    return (
        behind == number + 1
        and 0 < len(below) <= _LONGEST_SITE
        and "://" not in below
        and is_bare_address(second)
    )
