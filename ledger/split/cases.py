"""Stops in what lawyers cite: the volume, reporter and page of a case, and who its parties are.

"226 Or. 173, 359 P.2d 541 (1961)", "Roe v. Markel Am. Ins. Co.": reporters and firms are shortened
in hundreds of ways, so it is looked at what stands around a stop, and not at the word before it.
"""

from ledger.patterns import later

_NAME = r"[A-Z][A-Za-z’']{0,9}\."
_REPORTER = later(rf"(?<![\w.])[0-9]{{1,4}} (?:{_NAME} ){{0,2}}{_NAME}\Z")
"""A volume, and a reporter as far as the stop: "12 Or."."""
_PAGE = later(
    rf"(?:{_NAME} ){{0,2}}(?:(?:2d|3d|[4-9]th) )?[0-9]{{1,5}}(?:[,;)]|\.?(?: at)? \(|[–-][0-9])"
)
"""The rest of a reporter, its series, and the page of a case: "App. 2d 4, 5", "205 (1977)"."""
_FIRM = later(r"(?:[A-Z][a-z’']{1,8}\. ){1,3}(?:Co|Corp|Inc|Ltd|Ass[’']n)\b")
"""The rest of a firm's name, all of it shortened: "Ins. Co."."""
_BEFORE_FIRM = later(r" [A-Z][a-z’']{1,8}\.\Z")
_REACH, _LONGEST_NAME = 40, 12
"""Characters before a cut in which a volume and a reporter stand, by the pattern; and behind it, in
which a shortened word ends."""


def cites_case(prose: str, cut: int, end: int) -> bool:
    """Whether the stop before `end` is one of a citation; the next word begins at `cut`."""
    if not prose[cut].isdigit() and prose.find(".", cut, cut + _LONGEST_NAME) < 0:
        return False
    begin = max(0, end - _REACH)
    if _PAGE.match(prose, cut) and _REPORTER.search(prose, begin, end):
        return True
    return bool(_FIRM.match(prose, cut) and _BEFORE_FIRM.search(prose, begin, end))
