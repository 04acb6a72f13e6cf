"""What a proof of a claim shows -> an answer for people and programs."""

from collections.abc import Iterator

from ledger.check_proof import Content, Proof
from ledger.commands.output import Answer, columns
from ledger.commands.words import counted
from ledger.model import AS_READ


def proven(proof: Proof) -> Answer:
    """The claim, where and when it was said, and a row for each of its citations."""
    page = proof.sources[proof.article["source_id"]]
    cited = _citations(proof)
    item = {
        "claim": proof.claim["id"],
        "exact": proof.claim["exact"],
        "kind": proof.claim["kind"],
        "article": proof.article["id"],
        "title": proof.article.get("title"),
        "url": page["url"],
        "captured_at": proof.capture["captured_at"],
        "payload_digest": proof.capture["payload_digest"],
        "recorded_at": proof.recorded_at,
        "citations": cited,
        "attributions": [named["name"] for named in proof.attributions],
        "origin": proof.checkpoint.origin,
        "entries": proof.checkpoint.size,
        "root": proof.checkpoint.root.hex(),
    }
    shown = columns("marker", "group", "url", "outlet", "gap")
    told = columns("linked_by", "linked_because")
    return Answer(
        "proof",
        [item],
        shown + told,
        glance=shown,
        rows=cited,
        head=(
            str(item["exact"]),
            "",
            f"Proven: this was recorded in the ledger {item['origin']} at {item['recorded_at']}",
            f"by its own clock, as one of {counted(proof.checkpoint.size, 'entry', 'entries')}.",
            f"Root of these, as audits have it: {item['root']}",
            f"From: {page['url']}, captured {item['captured_at']}",
            f"Named in prose: {', '.join(item['attributions']) or 'nobody'}",
            *_linked(cited),
            "",
        ),
    )


def _citations(proof: Proof) -> list[dict[str, object]]:
    """Each citation; what a person said of it is proven as the rest is, and is no word of the page.

    `linked_by`, `linked_at` and `linked_because`, as in an audit: None where the page says it.
    """
    names = {outlet["key"]: outlet["name"] for outlet in proof.outlets}
    # Who took a link back left it as it was read.
    decided = {each["id"]: each for each in proof.judgements if each["object"] != AS_READ}
    return [
        _citation(proof, citation, names, decided.get(citation["because"], {}))
        for citation in proof.citations
    ]


def _citation(
    proof: Proof, citation: Content, names: dict[str, str], decided: Content
) -> dict[str, object]:
    source = proof.sources.get(citation["source_id"] or "")
    key = source["outlet"] if source else None
    return {
        "marker": citation["marker"],
        "group": citation["group"],
        "url": citation["url"],
        "outlet": names.get(key, key) if key else None,
        "gap": citation["gap"],
        "because": citation["because"],
        "linked_by": decided.get("by"),
        "linked_at": decided.get("at"),
        "linked_because": decided.get("reason"),
    }


def _linked(cited: list[dict[str, object]]) -> Iterator[str]:
    """A line for each page that a person led to, so that nobody takes it for the article's word."""
    for each in cited:
        if each["linked_by"] is not None:
            name = f"[{each['marker']}]" if each["marker"] else "A link"
            why = f": {each['linked_because']}" if each["linked_because"] else ""
            yield (
                f"{name} was linked to {each['url']} by {each['linked_by']} on "
                f"{str(each['linked_at'])[:10]}; the article does not say so{why}"
            )
