"""Hosts that a copy of an answer glued to its words -> chips: "It fell sinceherald.comherald.com."

The page showed a source as a small button with its host. Copied, it has no blank before it and
stands twice, or once. That it is no word shows where one stands twice.
"""

import re

from ledger.patterns import later

_ENDS = r"(?=[.,;:)]{0,2}(?:\s|$))"
_NAME = r"(?:[a-z0-9-]{1,63}\.){1,3}[a-z]{2,6}"
_GLUED = later(
    r"\.(?:com|org|net|edu|gov|info|io|ai|co|eu|dev|uk|de|fr|es|it|in|ca|au|jp|cn|us)"
    rf"[a-z0-9][a-z0-9.-]{{1,100}}\.[a-z]{{2,6}}{_ENDS}",
    re.M,
)
"""One host right behind another."""
_MOST, _LONGEST = 60, 250
"""Hosts of a text that stand twice, and characters of two; no answer has so many."""


def with_glued_hosts(text: str) -> str:
    """The text with the hosts that stand twice in it as chips, wherever a word has them at its end.

    One behind such a host is a chip with it. Linear in the text; never raises.
    """
    twice = {host for match in _GLUED.finditer(text) if (host := _twice(text, match.end()))}
    if not 0 < len(twice) <= _MOST:
        return text
    named = "|".join(map(re.escape, sorted(twice, key=len, reverse=True)))
    glued = re.compile(rf"(?<=[\w)%”\" ])((?:{named})+)({_NAME})?{_ENDS}", re.M)
    each = re.compile(named)

    def chips(match: re.Match[str]) -> str:
        hosts = each.findall(match[1])
        before = text[max(0, match.start() - 1) : match.start()]
        if before == " " and len(hosts) < 2:
            return match[0]  # a host of a sentence: "as on herald.com"
        if any(text.endswith(host, 0, match.start()) for host in twice):
            return match[0]  # of a line of hosts alone
        found = dict.fromkeys([*hosts, *filter(None, [match[2]])])
        return "".join(f"【chip:{host}】" for host in found)

    return glued.sub(chips, text)


def _twice(text: str, end: int) -> str | None:
    """The host that stands twice right before a place; None where none does."""
    begin = max(0, end - _LONGEST)
    run = text[begin:end]
    for length in range(4, len(run) // 2 + 1):
        host = run[-length:]
        if run[-2 * length : -length] == host and re.fullmatch(_NAME, host):
            return host
    return None
