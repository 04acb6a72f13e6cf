"""An audit -> one JSON object, for programs.

    {"schema": "ledger/audit/1", "items": [AUDIT, ...], "warnings": [WORDS, ...]}

An audit of a set has one item per article and, beside them, "outlets": the outlets by weight over
all of it. The keys of an item are the fields of `ledger.audit.Audit`, those of what is in it the
fields of that class, where each is explained; null always says "not known" or "not said":

    page            Page: id, url, title, byline[], published, dateline, language, outlet,
                    extractor, references_digest, captured_at, requested_url, final_url, status,
                    media_type, payload_digest, size, version, versions, revises, revised_by
    journal         Journal: entries, root, digest
    made_at         when the audit was made
    numbers         Numbers: claims, cited, covered, attributed, uncited, not_claims, citations,
                    resolved, gaps, linked, navigation, carried, one_outlet, two_outlets,
                    more_outlets, not_known, one_owner, owner_not_known, carried_not_claims,
                    sources, outlets,
                    outlets_only_named, references, references_cited, references_never_cited,
                    findings, withdrawn_falls, withdrawn_weakens
    findings[]      AuditedFinding: code, detail, at, claim
    gaps[]          MissingLead: reason, marker, raw, citations, claims[]
    single_source[] SoleSupport: claim, key, outlet (null for a story that nobody is known to have
                    written), carried_by[], citations[] (as below), words_of
    outlets[]       Weight: key, name, kind, owner, country, claims, falls, weakens, unknown, told[]
      told[]          OutletSaid: kind, subject, name, into, into_name, facts[], by, at, reason
    claims[]        AuditedClaim: id, number, start, end, exact, section[], kind,
                    covered_by, carried, resilience, owner_resilience, addresses, outlets,
                    origins, shared[], citations[], attributions[]
      citations[]     AuditedCitation: group, ordinal, alternative, marker, raw, form, url,
                      source_id, source, key, outlet, owner, country, gap, linked_by, linked_at,
                      linked_because, read_as[], voice
      attributions[]  AuditedAttribution: name, key, outlet, carries, together, bearers[]
    references[]    null where the list was redacted, else
                    ListedReference: marker, raw, title, urls[], claims[], doubtful[]
    withdrawn[]     Withdrawn: subject, kind, name, since, by, at, reason, claims[], said_of, key,
                    falls[], weakens[]
    copies[]        WithdrawnStory: url, subject, name, since, by, at, reason, claims[]

A claim named from elsewhere ("claim", "claims") is named by its id. A key that goes or changes its
meaning makes schema 2; keys may be added.
"""

from dataclasses import fields

from ledger.audit import Audit, AuditSet
from ledger.export.cells import json_text
from ledger.export.wording import warnings

SCHEMA = "ledger/audit/1"


def to_json(audit: Audit | AuditSet) -> str:
    """The audit as one JSON object on one line, ending with a newline.

    Strings are the true values, control characters in them escaped by JSON.
    """
    audits = (audit,) if isinstance(audit, Audit) else audit.audits
    envelope: dict[str, object] = {
        "schema": SCHEMA,
        "items": audits,
        "warnings": list(dict.fromkeys(word for one in audits for word in warnings(one))),
    }
    if isinstance(audit, AuditSet):
        envelope["outlets"] = audit.outlets
    return f"{json_text(envelope, parts=_parts)}\n"


def _parts(of: object) -> dict[str, object]:
    """A part of an audit by its fields, without the deep copies that `asdict` makes."""
    return {field.name: getattr(of, field.name) for field in fields(of)}  # type: ignore[arg-type]
