"""Findings by which others go: the words of each, and what is read from them again.

A recorded finding is a code and a sentence. Whose voice a page has, and which marker leads nowhere,
is recorded in the sentence alone, so both ways stand here, and nobody words or reads one by hand.
"""

from collections.abc import Mapping
from typing import Any, Literal

from ledger.patterns import later

_CREDITED = later(r"\Athe (?:page|text) credits (?P<said>.{1,80}?)(?: \(JSON-LD\))?\Z")
_OWN = later(r"\Athe page names (?P<said>\S+) as its own address\Z")
_LED = later(r"\Athe address led on to (?P<said>\S+)\Z")
_NOWHERE = later(r"\A\[(?P<said>.{1,300}?)\] is cited, and the ")
_READ = {
    "wire-credit": _CREDITED,
    "other-address": _OWN,
    "redirected": _LED,
    "marker-without-reference": _NOWHERE,
}


def crediting(name: str, by: Literal["page", "text", "data"]) -> str:
    """The words of "wire-credit": whom a page credits with its text.

    Args:
        name: As it stands there.
        by: Where: in a line of the page, in the text itself, in the data for machines.
    """
    if by == "data":
        return f"the page credits {name[:80]} (JSON-LD)"
    return f"the {by} credits {name}"


def own_address(address: str) -> str:
    """The words of "other-address": a page names `address`, normalised, as its own."""
    return f"the page names {address} as its own address"


def led_to(address: str) -> str:
    """The words of "redirected": what was read is the page `address`, normalised."""
    return f"the address led on to {address}"


def nowhere(marker: str) -> str:
    """The words of "marker-without-reference"."""
    return f"[{marker}] is cited, and the reference list has no such entry"


def said_by(finding: Mapping[str, Any]) -> str | None:
    """The name, address or marker that a recorded finding tells of.

    None for a finding of another code, or in other words than these.
    """
    pattern = _READ.get(finding["code"])
    match = pattern.match(finding["detail"]) if pattern else None
    return match["said"] if match else None
