"""The head of a mail that was kept as text -> its subject, who wrote it, and when."""

import re

from ledger.extract.dates import date_in
from ledger.extract.metadata import Metadata
from ledger.patterns import later

_KEYS = (
    "From|To|Cc|Bcc|Date|Sent|Subject|Reply-To|Return-Path|Received|Message-ID|MIME-Version|"
    "Content-Type|Content-Transfer-Encoding|X-[A-Za-z-]{2,40}|List-[A-Za-z]{2,20}|"
    "Von|An|Gesendet|Betreff|De|À|Envoyé|Objet|Para|Enviado|Asunto|Assunto"
)
_HEAD = later(
    rf"\A\s{{0,40}}(?:(?:{_KEYS}):[^\n]{{0,2000}}\n(?:[ \t]+\S[^\n]{{0,2000}}\n){{0,20}}){{2,40}}+"
)
_FIELD = later(rf"^({_KEYS}):[ \t]{{0,8}}([^\n]{{0,2000}})$", re.M)
_SUBJECT, _WRITER = ("Subject", "Betreff", "Objet", "Asunto", "Assunto"), ("From", "Von", "De")
_DATE = ("Date", "Sent", "Gesendet", "Envoyé", "Enviado")
_ADDRESS = later(r"\s*<[^<>\n]{1,200}>|\s*\([^()\n]{1,200}\)")
_BEGINS = re.compile(rf"\s{{0,40}}(?:{_KEYS}):")


def mail_head(text: str) -> tuple[Metadata, str]:
    """What the head of a mail says, and the text below it; nothing, and all of it, without one.

    A head has a subject and a writer: "Date: 5 May" alone may be anything.
    """
    match = _HEAD.match(text) if _BEGINS.match(text) else None
    fields = dict(_FIELD.findall(match[0])) if match else {}
    subject = next(filter(None, map(fields.get, _SUBJECT)), None)
    writer = next(filter(None, map(fields.get, _WRITER)), None)
    if match is None or not subject or not writer:
        return Metadata(), text
    name = _ADDRESS.sub("", writer).strip(" \t\"'")
    byline = (name,) if name and "@" not in name else ()
    date = next(filter(None, map(fields.get, _DATE)), "")
    return Metadata(subject.strip(), byline, date_in(date)), text[match.end() :]
