"""The head of a mail, a memo or a paper that was kept as text -> its title, writers and day."""

import re

from ledger.extract.front.about import about
from ledger.extract.front.dates import date_in
from ledger.extract.front.metadata import Metadata
from ledger.patterns import later

_KEYS = (
    "From|To|Cc|Bcc|Date|Sent|Subject|Re|Reply-To|Return-Path|Received|Message-ID|MIME-Version|"
    "Content-Type|Content-Transfer-Encoding|X-[A-Za-z-]{2,40}|List-[A-Za-z]{2,20}|"
    "Von|An|Gesendet|Datum|Betreff|Betr\\.|De|À|Envoyé|Objet|Para|Enviado|Asunto|Assunto"
)
_KEY = rf"(?:\*\*)?(?:{_KEYS})(?:\*\*)?:(?:\*\*)?"
_MEMO = later(
    r"\A\s{0,40}(?:#{1,3}\s)?(?:\*\*)?(?:[A-Z][a-z]{2,12}\s|[A-Z]{3,12}\s)?"
    r"(?:MEMO(?:RANDUM)?|Memo(?:randum)?|Aktennotiz|VERMERK|Vermerk)(?:\*\*)?[ \t]{0,8}\n\s{0,8}"
)
"""What stands above the head of a memo."""
_HEAD = later(
    rf"\A\s{{0,40}}(?:{_KEY}[^\n]{{0,2000}}\n(?:[ \t]+\S[^\n]{{0,2000}}\n){{0,20}}\n?){{2,40}}+",
    re.I,
)
_FIELD = later(
    rf"^(?:\*\*)?({_KEYS})(?:\*\*)?:(?:\*\*)?[ \t]{{0,20}}([^\n]{{0,2000}})$", re.M | re.I
)
_LONGEST_ABOVE_TITLE = 200
"""Characters above the line that says the title of a paper."""
_SUBJECT = ("Subject", "Re", "Betreff", "Betr.", "Objet", "Asunto", "Assunto")
_WRITER = ("From", "Von", "De")
_DATE = ("Date", "Sent", "Gesendet", "Datum", "Envoyé", "Enviado")
_ADDRESS = later(r"\s*<[^<>\n]{1,200}>|\s*\([^()\n]{1,200}\)")
_PAPER = later(
    r"\A\s{0,40}(?:[A-Za-z]{2,20}(?:[- ][A-Za-z]{1,20}){0,3}:(?:[ \t][^\n]{0,2000})?\n"
    r"(?:[ \t]{1,20}\S[^\n]{0,2000}\n){0,20}){2,40}+(?=\s{0,8}\n|\s*\Z)"
)
"""What stands above a paper that says of itself what it is: "Title: Dams", "Author: Ann Roe"."""
_FIELD_OF_PAPER = later(
    r"^([A-Za-z][A-Za-z -]{1,80}):[ \t]{1,20}"
    r"(\S[^\n]{0,2000}(?:\n[ \t]{1,20}\S[^\n]{0,2000}){0,20})",
    re.M,
)
_TITLED = later(r"^[Tt]itle:[ \t]", re.M)
_OF_PAPER = ("Author", "Authors", "Owners")
_DAY_OF_PAPER = ("Date", "Published", "Created")
_BEGINS = re.compile(rf"\s{{0,40}}{_KEY}", re.I)


def mail_head(text: str) -> tuple[Metadata, str]:
    """What the head of a mail or a memo says, and the text below it; nothing without one.

    A head has a subject and a writer: "Date: 5 May" alone may be anything.
    """
    memo = _MEMO.match(text)
    below = text[memo.end() :] if memo else text
    if _TITLED.search(text, 0, _LONGEST_ABOVE_TITLE):
        return _head_of_paper(text)
    match = _HEAD.match(below) if _BEGINS.match(below) else None
    fields = {key.capitalize(): said for key, said in _FIELD.findall(match[0])} if match else {}
    subject = next(filter(None, map(fields.get, _SUBJECT)), None)
    writer = next(filter(None, map(fields.get, _WRITER)), None)
    if match is None or not subject or not writer:
        return Metadata(), text
    date = next(filter(None, map(fields.get, _DATE)), "")
    return Metadata(subject.strip(), writers(writer), date_in(date)), below[match.end() :]


def _head_of_paper(text: str) -> tuple[Metadata, str]:
    """What stands above a paper, and the text below it.

    A head has a title and authors, and no other head is like it: a list of sources has many.
    """
    match = _PAPER.match(text)
    found = _FIELD_OF_PAPER.findall(match[0]) if match else ()
    fields = {key.capitalize(): said for key, said in found}
    said = next(filter(None, map(fields.get, _OF_PAPER)), None)
    if match is None or "Title" not in fields or not said or _TITLED.search(text, match.end()):
        return Metadata(), text
    names = tuple(name for line in said.split("\n") for name in writers(line.strip(" \t,")))
    date = next(filter(None, map(fields.get, _DAY_OF_PAPER)), "")
    return Metadata(fields["Title"].strip(), names, date_in(date)), text[match.end() :]


def writers(said: str) -> tuple[str, ...]:
    """Who a mail is from: names without their addresses and what they are; none of an address."""
    name = _ADDRESS.sub("", said).strip(" \t\"'")
    if not name or "@" in name:
        return ()
    by = about(f"By {name}")
    return by.names if by and by.names else (name,)
