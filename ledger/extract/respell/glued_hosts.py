"""Hosts that a copy joined to the word before -> chips: "It fell sinceherald.comherald.com."

The page showed each source as a small button with its host. In a copy it follows the word without a
blank and stands there twice, or with the number of further sources it hid: "sinceherald.com+2". A
host is recognised where it stands twice, or where the list has it joined to its number as well:
"[1herald.com](https://…)Dams".
"""

import re
from collections.abc import Iterable

from ledger.letters import holds
from ledger.patterns import later

_NAME = r"(?:[a-z0-9-]{1,63}\.){1,3}[a-z]{2,6}"
_GLUED = later(
    r"\.(?:com|org|net|edu|gov|info|io|ai|co|eu|dev|uk|de|fr|es|it|in|ca|au|jp|cn|us)"
    r"[a-z0-9][a-z0-9.-]{1,100}\.[a-z]{2,6}(?=[.,;:)]{0,2}(?:\s|$))",
    re.M,
)
"""One host right behind another."""
_LISTED = later(
    rf"^([ \t]{{0,8}}[*-][ \t]{{1,4}})?\[([0-9]{{1,3}})((?!\d){_NAME}|\d{_NAME})\]"
    r"\((https?://[^\s()<>]{3,2000})(?:[ \t]\"[^\"\n]{0,200}\")?\)([^\n]{0,400})$",
    re.M,
)
_MOST, _LONGEST = 60, 250
"""Hosts of a text that are glued, and characters of two; no answer has so many."""


def with_glued_hosts(text: str) -> str:
    """The text with glued hosts as chips, and the entries of a list that has such as "[1] Dams".

    A host that one entry has stands for its number: "[1]", with the chip where that hid others.
    Linear in the text; never raises.
    """
    listed = _LISTED.findall(text) if holds(text, "](http") else []
    numbers: dict[str, set[str]] = {}
    for _, number, host, _, _ in listed if len(listed) > 1 else ():
        numbers.setdefault(host.removeprefix("www."), set()).add(number)
    twice = {host for match in _GLUED.finditer(text) if (host := _twice(text, match.end()))}
    hosts = twice | numbers.keys()
    if not 0 < len(hosts) <= _MOST:
        return text
    if numbers:
        text = _LISTED.sub(
            lambda found: f"{found[1] or ''}[{found[2]}] {found[5]} {found[4]}", text
        )
    alone = {host: min(of) for host, of in numbers.items() if len(of) == 1}
    return _with_chips(text, hosts, alone)


def _with_chips(text: str, hosts: Iterable[str], numbers: dict[str, str]) -> str:
    """The text with these hosts as chips, or as the numbers that they have."""
    named = "|".join(map(re.escape, sorted(hosts, key=len, reverse=True)))
    glued = re.compile(
        rf"(?<=[\w)%”\" ])((?:{named})+)({_NAME})?(\+[0-9]{{1,2}})?"
        r"(?=[.,;:)]{0,2}(?:\s|$)|\.[A-Z*])(\.(?=[A-Z*]))?",
        re.M,
    )
    each = re.compile(named)

    def chips(match: re.Match[str]) -> str:
        found = [*each.findall(match[1]), *filter(None, [match[2]])]
        begin = match.start()
        apart = text[begin - 1] == " " and len(found) < 2 and not match[3]
        if apart or each.fullmatch(text, _run(text, begin), begin):
            return match[0]  # a host of a sentence, or of a line of hosts alone
        said = "".join(
            f"[{numbers[host]}]" if host in numbers else f"【chip:{host}】"
            for host in dict.fromkeys(found)
        )
        more = f"【chip:{found[-1]}{match[3]}】" if match[3] else ""
        kept = said if found[-1] in numbers or not more else said.rpartition("【")[0]
        return f"{kept}{more}{'. ' if match[4] else ''}"

    return glued.sub(chips, text)


def _run(text: str, end: int) -> int:
    """Where the run of characters of hosts begins that ends at a place."""
    begin = end
    while begin > max(0, end - _LONGEST) and (text[begin - 1].isalnum() or text[begin - 1] in ".-"):
        begin -= 1
    return begin


def _twice(text: str, end: int) -> str | None:
    """The host that stands twice right before a place; None where none does."""
    run = text[max(0, end - _LONGEST) : end]
    for length in range(4, len(run) // 2 + 1):
        host = run[-length:]
        if run[-2 * length : -length] == host and re.fullmatch(_NAME, host):
            return host
    return None
