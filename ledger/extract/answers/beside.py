"""A text that cites the pages of a list beside it -> the text with our markers.

Services, and programs built upon them, keep an answer as one long text and a list of pages. The
text cites an entry by its label or by its place in the list; which of the two is seen from the
text.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ledger.extract.answers.weave import Sources, listed, parsed, record, records, words
from ledger.extract.markers.numbers import expand, number_in

TEXTS = frozenset(
    "answer report text content output response result message article completion markdown "
    "output_text final_answer final_report final_analysis finalAnalysis textResponse".split()
)
"""What an answer is called, or what holds it."""
_SUMMARY = "summary"
"""What an answer is called, too, and much that is none: of an event, a package, a weakness."""
_RETRIEVED = "retriever_resources"
"""What Dify calls the passages that its answer is from, cited or not, and nobody anything else."""
LISTS = (
    "citations",
    "references",
    "search_results",
    "sources",
    "web_search",
    "web_search_results",
    "documents",
    "chunks",
    _RETRIEVED,
    "source_documents",
    "sourceDocuments",
    "source_nodes",
    "context",
    "docs",
    "hits",
    "results",
    "links",
    "urls",
    "contextSources",
    "basis",
    "attributions",
    "sourceAttributions",
    "entities",
)
"""What a list of pages is called; one that is cited stands before one that was only found."""
_HOLDERS = {"basis": "citations", "entities": "citation"}
"""Lists of what holds pages: of what a field is based on, of what Microsoft's bots say besides."""
_ADDRESSES = tuple("url link uri href seeMoreWebUrl seeMoreUrl blobUrl docUrl webUrl".split())
"""What an address is called; the last five by Microsoft."""
_DOCUMENTS = tuple("document_name filename file_name filepath file_path source_id docKey".split())
_TITLES = ("title", "name", "site_name", "media", "providerDisplayName", *_DOCUMENTS)
"""By what a passage names the document it is from, which need not have an address."""
_LABELS = tuple(
    "marker label refer ref citation_id citation_number cite_index index number position id "
    "key".split()
)
_INNER = ("node", "kwargs", "metadata", "meta", "document", "document_metadata", "appearance")
"""What holds the names of a passage that a program of one's own found: of LangChain, LlamaIndex,
Haystack."""
_MARKED = re.compile(r"(\[{1,2}|【)([^\[\]【】\n]{1,60})(?:\]{1,2}|】)(?!\()")
_CODE = re.compile(
    r"((?<=\n)```(?!markdown|md\b)(?:[^`]|`(?!``))*+(?:```)?|`(?![\[【`])[^`\n]{1,300}`)"
)
"""No label is in it: "cache[id9]" is an element. A whole answer may stand in a fence, and a marker
alone in backquotes is one all the same."""
_PREFIX = re.compile(
    r"(?:ref|ref_id|reference|citation|cite|source|src|web|doc|document|id)[_:\s-]{0,2}(?=[0-9])"
)
_NUMBERED = re.compile(r"\[\^?[0-9]{1,4}\^?\]")
_INTO_ITSELF = re.compile(r"^\[[0-9]{1,4}\]: cite:[0-9]{1,4}(?: \"[^\"\n]{0,300}\")?\s*$", re.M)
"""How Microsoft's bots define a number that leads to what is beside the text."""
_DOLLARS = re.compile(r"\s?##([0-9]{1,3})\$\$")
"""How RAGFlow cites a passage, beside "[ID:0]"."""
_SENTENCE = re.compile(r"\w\s+\w+\s+\w|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]{6}")
"""Three words, or six letters of a script that sets no space between them."""
_PROMPTS = (
    "user system developer tool human HumanMessage SystemMessage ToolMessage user_input".split()
)
_LONGEST_LABEL = 3
"""Digits of a number that cites though no list has it; "[ID 45123]" and "[source 2024]" do not."""
_NAMED = "annotation"
_DEEPEST = 3
"""Levels of records inside a response in which its text is looked for; chosen, as services wrap an
answer once or twice."""


class Page(NamedTuple):
    """An entry of a list of pages beside an answer.

    Attributes:
        url: Its address; None for a document without one.
        title: What it is called; None where that is not said.
        entry: The whole object of JSON.
    """

    url: str | None
    title: str | None
    entry: Mapping[str, Any]


def pages_beside(response: Mapping[str, Any]) -> list[Page]:
    """The pages of the first list that names some; titles are those of any list."""
    found: list[Page] = []
    titles: dict[str, str] = {}
    for name in LISTS:
        value = response.get(name)
        if not value:
            continue
        if name in _HOLDERS:
            value = [page for each in records(value) for page in records(each.get(_HOLDERS[name]))]
        if name == "attributions":  # Microsoft's also list what the text only names
            value = [each for each in records(value) if each.get("attributionType") != _NAMED]
        pages = [*_pages(value, names=name == LISTS[0])]
        titles.update({page.url: page.title for page in pages if page.url and page.title})
        found = found or pages
    return [page._replace(title=page.title or titles.get(page.url or "")) for page in found]


def _pages(value: object, *, names: bool) -> Iterator[Page]:
    """The pages of a list of addresses or objects, or of such objects by their labels.

    An object of such a list that names nothing else by which to find it has its place all the same.

    Args:
        names: Whether a text that is no address may be one: the name of a file.
    """
    if isinstance(value, dict):
        value = [
            {"label": key, **(_named(each) if isinstance(each, str) else record(each))}
            for key, each in value.items()
            if isinstance(each, dict) or (isinstance(each, str) and (names or "://" in each))
        ]
    entries = [_flat(each) if isinstance(each, dict) else each for each in listed(value)]
    objects = [each for each in entries if isinstance(each, dict)]
    if not any(address_of(each) or _names_document(each) for each in objects):
        objects = []
    for place, each in enumerate(entries, 1):
        if isinstance(each, str) and each.strip() and (names or "://" in each):
            yield Page(each.strip(), None, {})
        elif isinstance(each, dict) and objects:
            url = address_of(each)
            yield Page(url, title_of(each) or (None if url else str(place)), each)


def _named(said: str) -> dict[str, Any]:
    return {"url" if "://" in said else "file_name": said}


def _flat(entry: dict[str, Any]) -> dict[str, Any]:
    """A passage with what is said of its document beside what is said of itself."""
    flat = entry
    if "activitySource" in entry:  # a reference of Azure AI Search
        flat = {**record(entry.get("sourceData")), **entry, "marker": entry.get("id")}
    for name in _INNER:
        flat = {**flat, **record(flat.get(name))}
    source = words(flat.get("source")) if flat is not entry and len(flat) > len(entry) else None
    return {**_named(source), **flat} if source else flat


def _names_document(entry: Mapping[str, Any]) -> bool:
    return any(words(entry.get(name)) for name in (*_DOCUMENTS, "title"))


def address_of(entry: Mapping[str, Any]) -> str | None:
    """The address that an object gives; None when it gives none."""
    return next(filter(None, (words(entry.get(name)) for name in _ADDRESSES)), None)


def title_of(entry: Mapping[str, Any]) -> str | None:
    """The title that an object gives; None when it gives none."""
    return next(filter(None, (words(entry.get(name)) for name in _TITLES)), None)


def renumbered(text: str, pages: list[Page], sources: Sources) -> str:
    """The text with its own markers made those of all answers, an address having one number."""
    text = _INTO_ITSELF.sub("", text) if "]: cite:" in text else text
    labels = _labels(text, pages)
    markers: dict[str, str] = {}
    for label, page in zip(labels, pages, strict=True):
        markers.setdefault(label, sources.marker(page.url, page.title, number_in(label)))
    # Where they are the same, what it cites beyond its list shows with its own number.
    same = all(marker == f"[{label}]" for label, marker in markers.items())
    unlisted: dict[str, str] = {}

    def renumber(match: re.Match[str]) -> str:
        cited = _cited(match[2])
        if not cited or not all(label.isdecimal() or label in markers for label in cited):
            return match[0]
        if same:
            beyond = (label for label in cited if label not in markers)
            is_long = any(len(label) > _LONGEST_LABEL for label in beyond)
            is_word = is_long or not match[2][:1].isalpha()
            return match[0] if is_word else "".join(map("[{}]".format, cited))
        for label in cited:
            if label not in markers and label not in unlisted:
                unlisted[label] = sources.unlisted()
        return "".join(markers.get(label) or unlisted[label] for label in cited)

    parts = _CODE.split(text)  # each second one is code
    parts[::2] = [_MARKED.sub(renumber, said) for said in parts[::2]]
    return "".join(parts)


def _cited(inside: str) -> tuple[str, ...]:
    """The labels that stand in one pair of brackets."""
    parts = [_label(part) for part in re.split(r"[,;，；、]\s?", inside)]
    numbers = expand(", ".join(parts)) if parts[0][:1].isdecimal() else None
    return numbers or tuple(filter(None, parts))


def _label(said: object) -> str:
    """A label as it is compared: "3" for 3, "ref_3", "[3]" and "^3^"."""
    return _PREFIX.sub("", str(said).strip("[]【】^ ").casefold(), count=1)


def _cited_in(text: str) -> set[str]:
    return {label for match in _MARKED.finditer(text) for label in _cited(match[2])}


def _labels(text: str, pages: list[Page]) -> list[str]:
    """How the text cites each page: by the label that its entry has, or by its place."""
    cited = _cited_in(text)
    places = [str(place) for place in range(1, len(pages) + 1)]
    if "0" in cited and str(len(pages)) not in cited:
        places = [str(place) for place in range(len(pages))]
    fewest = max(1, len(cited.intersection(places)))
    for name in _LABELS:
        own = [_label(page.entry.get(name, "")) for page in pages]
        told_apart = all(own) and len(set(own)) == len(own)
        counts_from_zero = own[:1] == ["0"] and "0" not in cited and name != _LABELS[0]
        if told_apart and not counts_from_zero and len(cited.intersection(own)) >= fewest:
            return own
    return places


def read_beside(response: Mapping[str, Any], sources: Sources) -> Iterator[str]:
    """The text of a response of no known service; nothing for what is no answer.

    It is one where it cites: beside it is a list of pages, or it has links or a list itself. A
    summary is one only where it cites the pages beside it, and there is no other text.
    """
    if _is_no_answer(response):
        return
    text, scope = _longest({**response, **_said(response)}, _DEEPEST)
    is_summary = not text
    text = text or words(response.get(_SUMMARY)) or ""
    text = _DOLLARS.sub(r" [ID:\1]", text)
    inner = [each for each in scope.values() if isinstance(each, dict)]
    pages = pages_beside(scope) or next(filter(None, map(pages_beside, inner)), [])
    named = any(page.url and page.url.startswith("http") for page in pages)
    named |= bool(pages) and any(_RETRIEVED in each for each in (scope, *inner))
    if text and pages and set(_labels(text, pages)) & _cited_in(text):
        yield renumbered(text, pages, sources)
    elif is_summary or not _SENTENCE.search(text):
        return
    elif named:
        yield renumbered(text, pages, sources)
    elif "](http" in text or ("http" in text and _NUMBERED.search(text)):
        yield text


def _said(response: Mapping[str, Any]) -> dict[str, str]:
    """The messages of Azure AI Search as one text; those that only hand out passages are JSON."""
    messages = records(response.get("response"))
    parts = (words(part.get("text")) for each in messages for part in records(each.get("content")))
    said = [part for part in parts if part and parsed(part) is None]
    return {"response": "\n\n".join(said)} if said else {}


def _is_no_answer(response: Mapping[str, Any]) -> bool:
    """Whether it is a prompt, or an event of a stream."""
    return _is_asked(response) or "." in str(response.get("type") or "")


def _is_asked(response: Mapping[str, Any]) -> bool:
    return any(response.get(name) in _PROMPTS for name in ("role", "type", "author"))


def name_of_text(response: Mapping[str, Any]) -> str | None:
    """What a response calls its longest text; None when it has none, or is a prompt."""
    texts = {name: value for name, value in response.items() if name in TEXTS and words(value)}
    if _is_no_answer(response):
        return None
    if not texts:
        return _SUMMARY if words(response.get(_SUMMARY)) else None
    return max(texts, key=lambda name: len(texts[name]))


def _longest(response: Mapping[str, Any], deepest: int) -> tuple[str, Mapping[str, Any]]:
    """The longest text of those called like an answer, and all that stands around it."""
    best: tuple[str, Mapping[str, Any]] = ("", response)
    for name, value in response.items():
        if name not in TEXTS and name != "data":
            continue
        if isinstance(value, dict) and deepest and not _is_asked(value):
            found = _longest({**response, name: None, **value}, deepest - 1)
        else:
            found = (value if isinstance(value, str) else "", response)
        best = max(best, found, key=lambda each: len(each[0]))
    return best
