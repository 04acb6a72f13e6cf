"""What a proof of a claim shows -> an answer for people and programs."""

from ledger.check_proof import Content, Proof
from ledger.commands.output import Answer, columns
from ledger.commands.words import counted


def proven(proof: Proof) -> Answer:
    """The claim, where and when it was said, and a row for each of its citations."""
    page = proof.sources[proof.article["source_id"]]
    names = {outlet["key"]: outlet["name"] for outlet in proof.outlets}
    cited = [_citation(proof, citation, names) for citation in proof.citations]
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
    return Answer(
        "proof",
        [item],
        shown,
        glance=shown,
        rows=cited,
        head=(
            str(item["exact"]),
            "",
            f"Proven: this was recorded in the ledger {item['origin']} at {item['recorded_at']}",
            f"by its own clock, as one of {counted(proof.checkpoint.size, 'entry', 'entries')}.",
            f"From: {page['url']}, captured {item['captured_at']}",
            f"Named in prose: {', '.join(item['attributions']) or 'nobody'}",
            "",
        ),
    )


def _citation(proof: Proof, citation: Content, names: dict[str, str]) -> dict[str, object]:
    source = proof.sources.get(citation["source_id"] or "")
    key = source["outlet"] if source else None
    return {
        "marker": citation["marker"],
        "group": citation["group"],
        "url": citation["url"],
        "outlet": names.get(key, key) if key else None,
        "gap": citation["gap"],
        "because": citation["because"],
    }
