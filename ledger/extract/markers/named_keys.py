"""Markers of tools that publish texts -> the keys of works that they name."""

from ledger.extract.markers.marker import Marker
from ledger.patterns import TEXTUAL, later

OF_THE_TEXT = later(
    r"(?:fig|tbl|tab|eqn?|sec|lst|thm|lem|cor|prp|def|exm|exr|apx|alg|app|chap)[:-][\w:.-]{1,80}"
)
"""Keys of figures, tables and sections of the text itself: "[@fig:dams]"."""
_KEY = later(
    r"-?@((?:doi:10\.[0-9]{4,9}/(?:[^\s;,()\[\]]|\([^\s()\[\]]{1,40}\)){1,200}+(?<!\.))"
    r"|(?:url:)?https?://[^\s;\[\]]{3,600}+(?<![.,/])"
    r"|[A-Za-z0-9_][\w:.#$%&+?<>~/-]{0,80}[A-Za-z0-9_]|[A-Za-z0-9_])"
)
_QUOTED = later(r"[\"“]([^\"”]{1,200})[\"”]")
_KEYS_OF_COMPONENTS = later(r"[^\W_][\w:.-]{0,79}")
_OPTIONS = later(r"(?:^|\s)--?[a-z][a-z_-]{0,30}(?:[\s=]{1,2}[^\s-][^\s]{0,60})?")
_IN_BRACES, _IN_BRACKETS = later(r"\{([^{}]{1,1000})\}"), later(r"\[[^\[\]]{0,100}\]")
_BESIDE = later(r"\{[^{}]{0,200}\}")
_KEYS_OF_TOOLS = later(r"[A-Za-z0-9_][\w:.+/&-]{0,80}")


def read_keys(raw: str) -> Marker | None:
    """The keys of works; None where there are none but those of places of the text."""
    keys = tuple(key for key in _KEY.findall(raw) if not OF_THE_TEXT.fullmatch(key))
    return Marker(keys) if keys else None


def read_key(raw: str) -> Marker | None:
    """The key of "@roe2020 [p. 3]", which is the subject of its sentence."""
    key = raw[1:].partition("[")[0].rstrip()
    return Marker((key,), words=key)


def read_latex(raw: str) -> Marker | None:
    """The keys of a command, or None; those of a textual one are words of its sentence."""
    listed = ",".join(_IN_BRACES.findall(_IN_BRACKETS.sub("", raw)))
    keys = tuple(filter(None, map(str.strip, listed.split(","))))
    if not keys:
        return None
    return Marker(keys, words=", ".join(keys) if TEXTUAL.match(raw) else None)


def read_named_keys(said: str) -> Marker | None:
    """Keys as commands of publishing tools list them, without options: "a, b", "a b --file c".

    None without any.
    """
    keys = tuple(_KEYS_OF_TOOLS.findall(_OPTIONS.sub(" ", said)))
    return Marker(keys) if keys else None


def read_role(raw: str) -> Marker | None:
    """The keys of a role, without what is said before and behind: ":cite:p:`{see}roe{p. 3}`"."""
    marker = read_named_keys(_BESIDE.sub(" ", raw[raw.index("`") + 1 : -1]))
    return (
        marker._replace(words=", ".join(marker.labels)) if marker and TEXTUAL.match(raw) else marker
    )


def read_command(raw: str) -> Marker | None:
    """The keys of a site's command, or its address: `{{< cite "doe2020 roe" "author" >}}`.

    What is in quotation marks behind the first says how the keys are shown.
    """
    quoted = _QUOTED.search(raw)
    said = quoted[1] if quoted else raw.strip("{}<>% ").partition("cite")[2].lstrip("pt")
    if said.startswith(("https://", "http://")):
        return Marker((), words="", url=said)
    return read_named_keys(said)


def read_component(raw: str) -> Marker | None:
    """The keys of "<Cite id={2} />", "<Cite ids={['doe', 'roe']} />"; None without any."""
    keys = tuple(_KEYS_OF_COMPONENTS.findall(raw, raw.index("=") + 1))
    return Marker(keys) if keys else None
