"""An audit says where an outlet counts as it does because a person said so: who, when and why."""

import json
import re

from exported import to_markdown
from ledger_of import Said, Text, record
from test_withdraw import OUTLETS, PAPER, WIRE, item, run

from ledger.audit import Audit, audit, audit_set
from ledger.queries.every_article import every_article
from ledger.reader import Reader
from ledger.schema import Place

THIRD = "https://third.example/1"


def audited(db: Place) -> Audit:
    with Reader(db) as reader:
        return audit(reader, every_article(reader)[0])


def told(found: Audit) -> list[str]:
    """The lines below the table of weights, without their days."""
    part = to_markdown(found).partition("## 4. Outlets by weight")[2].partition("## 5.")[0]
    return [
        re.sub(r" on \d{4}-\d\d-\d\d", "", line) for line in re.findall(r"^- (.*)$", part, re.M)
    ]


def two(db: Place) -> None:
    said = [Said("The wire says so.", [[WIRE]]), Said("The paper says so.", [[PAPER]])]
    record(db, [Text("https://a.example/", said, {})], OUTLETS)


def test_a_merge_is_told_below_the_outlet_as_which_another_counts(db: Place) -> None:
    two(db)
    assert told(audited(db)) == []
    words = ("wire.example", "paper.example", "--by", "ed", "--reason", "one house")
    run(db, "outlets", "merge", *words)
    found = audited(db)
    (weight,) = found.outlets
    (said,) = weight.told
    assert (said.kind, said.subject, said.name, said.into, said.into_name, said.by) == (
        ("merge", "wire.example", "The Wire", "paper.example", "The Paper", "ed")
    )
    assert told(found) == [
        "Merged: The Wire (wire.example) counts as The Paper, according to ed (one house)"
    ]
    assert "The table takes into account what people recorded about outlets:" in to_markdown(found)
    (weight,) = item(run(db, "audit", "https://a.example/", "--json"))["outlets"]
    assert weight["told"][0]["reason"] == "one house"


def test_a_merge_that_was_undone_is_told_no_more_and_of_two_the_later(db: Place) -> None:
    two(db)
    run(db, "outlets", "merge", "wire.example", "paper.example", "--by", "ed")
    assert run(db, "outlets", "merge", "wire.example", "--undo").exit_code == 0
    assert told(audited(db)) == []
    run(db, "outlets", "merge", "wire.example", "paper.example", "--by", "al")
    assert told(audited(db)) == [
        "Merged: The Wire (wire.example) counts as The Paper, according to al"
    ]


def test_merges_that_follow_one_another_are_told_step_by_step(db: Place) -> None:
    two(db)
    run(db, "outlets", "merge", "wire.example", "paper.example", "--by", "ed")
    run(db, "outlets", "merge", "paper.example", "third.example", "--new", "--by", "al")
    assert told(audited(db)) == [
        "Merged: The Wire (wire.example) counts as The Paper, according to ed",
        "Merged: The Paper (paper.example) counts as third.example, according to al",
    ]


def test_facts_that_people_said_are_told_as_far_as_they_stand(db: Place) -> None:
    two(db)
    add = ("outlets", "add", "wire.example")
    run(db, *add, "--owner", "Quay Press", "--country", "GB", "--by", "ed", "--reason", "masthead")
    run(db, *add, "--owner", "Fell Press", "--alias", "W | ire", "--by", "al")
    assert told(audited(db)) == [
        "The Wire (wire.example): its country is GB, according to ed (masthead)",
        "The Wire (wire.example): its owner is Fell Press; it is also called W \\| ire,"
        " according to al",
    ]


def test_a_set_tells_it_once_over_all_articles(db: Place) -> None:
    two(db)
    record(db, [Text("https://b.example/", [Said("So.", [[WIRE]])], {})])
    run(db, "outlets", "merge", "wire.example", "paper.example", "--by", "ed")
    with Reader(db) as reader:
        text = to_markdown(audit_set(reader, every_article(reader)))
    over_all = text.partition("## Outlets by weight over all articles")[2].partition("\n## ")[0]
    assert over_all.count("Merged: The Wire (wire.example) counts as The Paper") == 1
    (weight,) = json.loads(run(db, "audit", "--all", "--json").stdout)["outlets"]
    assert len(weight["told"]) == 1
