"""Address -> the one spelling of the page it names.

A page that is cited under two spellings is one source. What a spelling may differ in without naming
another page is fixed here and nowhere else: RFC 3986 section 6 (case, percent-encoding, dot
segments, default port) and, beyond it, what publishers and copy buttons add (scheme, `www.`,
trailing slash, fragment, tracking parameters). Hosts follow the mapping of UTS 46: what only looks
like another host stays another host.

Nothing here looks at the network, and no text whatever makes it raise.
"""

import re
import string
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote, unquote

from ledger.patterns import later

MAX_LENGTH = 16_384
"""Characters of the longest address that is read: twice what RFC 9110 section 4.1 asks for."""

_TRACKING = """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id igsh igshid
    srsltid _ga _gl mc_cid mc_eid mkt_tok oly_anon_id oly_enc_id vero_id rb_clickid s_cid ncid
    cmpid wt_mc wt_zmc wtmc xtor sr_share smid smtyp soc_src soc_trk spm guccounter guce_referrer
    guce_referrer_sig ns_campaign ns_fee ns_linkname ns_mchannel ns_source at_bbc_team at_campaign
    at_campaign_type at_custom1 at_custom2 at_custom3 at_custom4 at_format at_link_id at_link_origin
    at_link_type at_medium at_ptr_name at_type itm_campaign itm_content itm_medium itm_source
    pk_campaign pk_kwd pk_medium pk_source mibextid __tn__ is_from_webapp is_copy_url sender_device
    ref_src ref_url referrer referringsource unlocked_article_code pwapi_token gaa_at gaa_n gaa_sig
    gaa_ts phpsessid jsessionid
"""
TRACKING = frozenset(_TRACKING.split())
"""Query parameters (lower case) that say how a reader came, never which page: click ids, campaign
labels, share tokens, session ids."""

AMP_SWITCHES = frozenset(("amp", "amp=", "amp=1", "amp=true", "output=amp", "outputtype=amp"))
"""Whole parameters (lower case) that ask for the AMP edition of the same page."""

TRACKING_PREFIXES = ("utm_", "mtm_", "hsa_", "_hs", "__hs", "__cft__", "__xts__", "_x_tr_")
"""The same by prefix: Urchin/Google, Matomo, HubSpot, Facebook, Google Translate."""

TRACKING_AT = {
    "bloomberg.com": frozenset(("leadsource", "sref", "srnd")),
    "facebook.com": frozenset(("_rdr", "eav", "paipv", "rdid", "refid")),
    "linkedin.com": frozenset(("rcm", "trackingid", "trk")),
    "qq.com": frozenset(("chksm", "scene")),
    "reddit.com": frozenset(("rdt", "share_id")),
    "spotify.com": frozenset(("nd", "si")),
    "t.me": frozenset(("embed", "mode", "single")),
    "theguardian.com": frozenset(("cmp",)),
    "tiktok.com": frozenset(("_r", "_t", "web_id")),
    "twitter.com": frozenset(("cxt", "lang", "s", "t")),
    "washingtonpost.com": frozenset(("itid", "wpisrc", "wpmm")),
    "wsj.com": frozenset(("mod", "reflink", "st")),
    "x.com": frozenset(("cxt", "lang", "s", "t")),
    "youtu.be": frozenset(("feature", "si", "t")),
    "youtube.com": frozenset(("ab_channel", "feature", "pp", "si", "t", "time_continue")),
}
"""The same for names that mean something else elsewhere, by domain."""

_FILE_ENDINGS = """
    bmp c cc cfg conf cpp css csv doc docx env epub exe gif go gz h htm html ini ipynb java jpeg jpg
    js json jsonl jsx log md mov mp3 mp4 odt pdf php pl png ppt pptx ps py rb rs rst rtf sh sql svg
    tar tex toml ts tsv tsx txt wav webp xls xlsx xml yaml yml zip
"""
FILE_ENDINGS = frozenset(_FILE_ENDINGS.split())
"""A bare `name.ending` without scheme is a file, though some of these are top-level domains."""

_EDGES = "".join(map(chr, range(33)))  # C0 controls and space, after the WHATWG URL standard
_ADDRESS = re.compile(
    r"(?:(https?):/{1,8}|/{2,8})?"
    r"(?:([^/?#\\]*)@)?"
    r"(\[[0-9a-f:.]{2,45}\]|[^/?#\\:@\[\]]+)"
    r"(?::([0-9]{0,5}))?"
    r"(/[^?#]*)?(?:\?([^#]*))?(?:#.*)?",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)
_LONGEST_HOST = 253
"""Characters of the name of a host (RFC 1035, 2.3.4, without the dot at its end)."""
_PLAIN = re.compile(  # all its labels are host names, no segment is a dot, no parameter tracks
    r"https?://(?:www\.)?((?!www\.)(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})"
    r"((?:/(?![.])[A-Za-z0-9._~-]{0,500}){0,40})"
)
_DOI = re.compile(r"https://(?:dx\.)?doi\.org/(10\.[0-9.]{4,20})(?:/|%2F)(?=.)")
_CAPITAL = re.compile(r"%[0-9A-F]{2}|[A-Z]+")
_PLAIN_PATH = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@/-]*")
_PLAIN_QUERY = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@/?-]*")
_CODE_OR_OTHER = re.compile(r"%([0-9A-Fa-f]{2})|(%|[^A-Za-z0-9._~!$&'()*+,;=:@/?%-]+)")
_LEFT_ALONE = frozenset(string.ascii_letters + string.digits + "-._~!'()*,:@")
"""What needs no percent-encoding: RFC 3986 unreserved, and the marks that exporters and servers
encode or leave at will and that delimit nothing in an http path (RFC 2396 `!'()*`; `,` `:` `@`)."""


@lru_cache(maxsize=4096)
def normalise(url: str) -> str | None:
    """The one spelling of a page's address; None when it is no usable http(s) address.

    * Scheme: always https, since http and https name the same page; but an address with a port of
      its own keeps its scheme, since a port answers only one of them. A missing scheme is added
      where the host ends like one ("www.a.org", "a.org/x"; not "report.pdf", "localhost").
    * Host: lower case, IDN as punycode; without `www.`, credentials, default port, last dot.
    * Path: `%7e` and `~` are one (see `_LEFT_ALONE`), other codes in upper case, `.` and `..`
      resolved, no trailing slash; an empty path is "/".
    * Query: in the order given, without `TRACKING` parameters and empty ones.
    * Fragment: dropped.
    * A DOI: at doi.org, in small letters, since its letters have no case.

    The result identifies; it need not be the address to fetch (a host may answer only under `www.`
    or over http). Doing it twice changes nothing. Never raises.
    """
    spelled = _spelled(url)
    if spelled is not None and (doi := _DOI.match(spelled)):
        rest = _CAPITAL.sub(
            lambda match: match[0] if match[0][0] == "%" else match[0].lower(), spelled[doi.end() :]
        )
        return f"https://doi.org/{doi[1]}/{rest}"
    return spelled


def _spelled(url: str) -> str | None:
    """The spelling of an address, whatever it identifies."""
    if len(url) > MAX_LENGTH:
        return None
    if (plain := _PLAIN.fullmatch(url)) and len(plain[1]) <= _LONGEST_HOST:
        return f"https://{plain[1]}{plain[2].rstrip('/') or '/'}"
    text = url.strip(_EDGES)
    if "\n" in text or "\t" in text or "\r" in text:
        text = re.sub(r"[\t\n\r]", "", text)
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return None
    scheme, user, raw_host, port, path, query = found.groups()
    place = _host(raw_host)
    if place is None:
        return None
    if scheme is None and not (text.startswith("//") or (user is None and _is_bare(text, place))):
        return None
    origin = _origin(scheme, place, port)
    if origin is None:
        return None
    try:
        path = _path(path) if path else "/"
        query = _query(query, place) if query else ""
    except UnicodeEncodeError:  # a lone surrogate: no bytes, so no address
        return None
    return f"{origin}{path}?{query}" if query else origin + path


def host(url: str) -> str | None:
    """Host of the normalised address: lower case, punycode, no `www.`, IPv6 without brackets.

    None when `normalise` gives None.
    """
    address = normalise(url)
    if address is None:
        return None
    place = address.split("/", 3)[2]
    if place.startswith("["):
        return place[1 : place.index("]")]
    return place.partition(":")[0]


def text_fragment(url: str) -> str | None:
    """The words that an address points at ("#:~:text=rose%20by,a%20third"): a hint at evidence.

    Where a range is given, its ends are joined by "…"; context before and after it is left out.
    None when it points at none. Never raises.
    """
    _, _, directive = url.partition(":~:")
    for part in directive.split("&"):
        if part.startswith("text="):
            ends = [end for end in part[5:].split(",") if end and end[-1] != "-" != end[0]]
            if ends:
                return " … ".join(unquote(end, errors="replace") for end in ends[:2])
    return None


def upwards(name: str) -> Iterator[str]:
    """A host and every domain above it: a.b.c, then b.c, then c."""
    while name:
        yield name
        name = name.partition(".")[2]


def redact(url: str) -> str:
    """The address without credentials, for storing and logging; any other text as it is.

    Also for what `normalise` refuses: another scheme, no scheme, a broken host.
    """
    without = _CREDENTIALS.sub(r"\1\2", url, count=1)
    while without != url:  # some stand before another set
        url, without = without, _CREDENTIALS.sub(r"\1\2", without, count=1)
    return without


_CREDENTIALS = re.compile(
    # scheme://user:password@; of "https:user@host" and "https:/user@host" clients make the same.
    r"\A(\s*(?:https?:[/\\]*|(?:[a-z][a-z0-9+.-]{0,30}:)?[/\\]{2,}))[^/?#]*@"
    r"|\A(?!\s*mailto:)(\s*)[^/?#:@\s]*:[^/?#]*@",  # user:password@
    re.IGNORECASE,
)


def _is_bare(text: str, place: str) -> bool:
    """Whether text without a scheme is an address: its host ends like one, and it is no file."""
    ending = place.rpartition(".")[2]
    if ending == place or not (ending.startswith("xn--") or (ending.isalpha() and ending[1:])):
        return False
    whole = "/" in text or text[:4].lower() == "www."
    return whole or ending not in FILE_ENDINGS


def _origin(scheme: str | None, place: str, port: str | None) -> str | None:
    """Scheme, host and port; None for a port that cannot be."""
    if not port or int(port) in (80, 443):
        return f"https://{place}"
    if not 0 < int(port) < 65_536:
        return None
    return f"{(scheme or 'https').lower()}://{place}:{int(port)}"


_LDH = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")  # the WHATWG test of what is read as an IPv4 number
_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_IPV4 = later(rf"{_OCTET}(?:\.{_OCTET}){{3}}")
_IGNORED = later("[\u00ad\u034f\u180b-\u180d\u200b\u2060\ufe00-\ufe0f\ufeff]")  # UTS 46


@lru_cache(maxsize=16_384)
def _host(raw: str) -> str | None:
    """The one spelling of a host; None when it is none.

    Numbers that some readers take for an IPv4 address ("127.1", "0x7f.1", "2130706433") are
    refused: what they mean depends on who reads them.
    """
    if raw.startswith("["):
        return _ipv6(raw[1:-1])
    name = unquote(raw) if "%" in raw else raw
    name = name.lower() if name.isascii() else _to_ascii(name)
    name = name.removesuffix(".")
    if len(name) > _LONGEST_HOST or not _LDH.fullmatch(name) or name in ("http", "https"):
        return None
    if _NUMERIC.fullmatch(name.rpartition(".")[2]) and not _IPV4.fullmatch(name):
        return None
    while name.startswith("www.") and "." in name[4:]:
        name = name[4:]
    return name


def _to_ascii(name: str) -> str:
    """IDN to punycode after UTS 46 (non-transitional); "" when a character can be in no host."""
    if len(name) > 253:
        return ""
    folded = unicodedata.normalize("NFKC", _IGNORED.sub("", name))
    folded = unicodedata.normalize("NFKC", "".join(c.lower() for c in folded)).replace("。", ".")
    if any(unicodedata.category(c)[0] in "CZ" and c not in "\u200c\u200d" for c in folded):
        return ""
    return ".".join(
        label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
        for label in folded.split(".")
    )


def _ipv6(text: str) -> str | None:
    """RFC 5952 spelling in brackets, never with a dotted tail (Python versions differ in that)."""
    import ipaddress  # rare, and slow to import

    try:
        number = int(ipaddress.IPv6Address(text))
    except ValueError:
        return None
    groups = ":".join(f"{number >> shift & 0xFFFF:x}" for shift in range(112, -1, -16))
    runs = re.finditer(r"\b0(?::0\b)+", groups)
    zeros = max(runs, key=lambda run: len(run[0]), default=None)
    if zeros:
        before, after = groups[: zeros.start()], groups[zeros.end() :]
        groups = f"{before.removesuffix(':')}::{after.removeprefix(':')}"
    return f"[{groups}]"


def _path(raw: str) -> str:
    """Raises UnicodeEncodeError for a lone surrogate."""
    path = raw if _PLAIN_PATH.fullmatch(raw) else _CODE_OR_OTHER.sub(_recode, raw)
    if "/." in path:
        kept: list[str] = []
        for segment in path.split("/")[1:]:
            if segment == "..":
                del kept[-1:]
            elif segment != ".":
                kept.append(segment)
        path = "/" + "/".join(kept)
    return path.rstrip("/") or "/"


def _query(raw: str, place: str) -> str:
    """Raises UnicodeEncodeError for a lone surrogate."""
    query = raw if _PLAIN_QUERY.fullmatch(raw) else _CODE_OR_OTHER.sub(_recode, raw)
    here = _tracking_at(place)
    return "&".join(part for part in query.split("&") if part and not _is_tracking(part, here))


def _recode(found: re.Match[str]) -> str:
    code, other = found.groups()
    if code is None:
        return "%25" if other == "%" else quote(other, safe="")
    char = chr(int(code, 16))
    return char if char in _LEFT_ALONE else f"%{code.upper()}"


def _is_tracking(part: str, here: frozenset[str]) -> bool:
    part = part.lower()
    name = part.partition("=")[0]
    return (
        name in TRACKING
        or name in here
        or part in AMP_SWITCHES
        or name.startswith(TRACKING_PREFIXES)
    )


@lru_cache(maxsize=16_384)
def _tracking_at(place: str) -> frozenset[str]:
    """Parameters that are tracking at this host or at a domain above it."""
    here = [TRACKING_AT[domain] for domain in upwards(place) if domain in TRACKING_AT]
    return here[0] if here else frozenset()
