"""What an audit counts -> what it means, in plain words.

Domain knowledge as data: a new finding or gap is a new row, and a test compares the rows with what
the program can say.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ledger.audit import Audit, AuditedClaim
from ledger.forms import IDLE

if TYPE_CHECKING:
    from ledger.model import Gap

FINDINGS: dict[str, str] = {
    "redacted": "The words of the page were erased, for the reason given. Its title, authors, "
    "sentences, reference list and earlier findings cannot be shown any more; where its "
    "citations lead, and what falls without an outlet, is told as before. Nothing of it can be "
    "mended here.",
    "wall-paywall": "The page shows the beginning of an article that must be paid for. What is "
    "behind the wall was not read: claims and citations are missing. Save the page as a "
    "subscriber sees it, and read that file.",
    "wall-thin": "The file holds next to no prose. If it is not all of the page, save the page "
    "anew.",
    "text-left-out": "Not all of the document was read: it is longer than what is read of one, "
    "or words are hidden in it or attached to it. Claims and citations there are missing. Look "
    "at the document where it matters.",
    "no-reference-list": "The text cites by number and comes without a list, so no number leads "
    "anywhere. Look for the list, or say where each number leads.",
    "numbers-kept": "Numbers stand in brackets, there is no reference list, and most of them "
    "stand where no citation does: they were read as words. If they are citations, give their "
    "list with --references.",
    "works-kept": "Names with years stand in brackets, as works are cited, and no reference "
    "list has such works: they were read as words. If they are citations, give the list, or a "
    "bibliography, with --references.",
    "keys-kept": "Words with years stand in brackets, as keys of a bibliography do, and no list "
    "has them: they were read as words. If they are citations, give the bibliography with "
    "--references.",
    "cases-kept": "Cases of courts are cited in the sentences, by where they are printed, and "
    "were read as words. Look them up by hand.",
    "set-aside": "A person left this article out of all counts. It is shown because it was "
    "asked for by name. To count it again: ledger set-aside with --undo.",
    "says-retracted": "The page, or one that it cites, says in its title that it was retracted. "
    "What rests on it may be wrong. Read why, and say so: ledger withdraw with its address "
    "and the day.",
    "page-not-served": "A cited page was asked for, and its server answered with an error. 404 and "
    "410 say that there is no such page: it may have moved, or never have been. Other numbers may "
    "only mean that programs are not served: open the page by hand.",
    "page-not-read": "A cited page was asked for, and gave no article: it asks for money, consent "
    "or a name, or holds nothing that can be read. What it says of the sentence is not known here. "
    "Open the page by hand, or save it in a browser and give the file with --url.",
    "link-against-list": "A person said where a marker leads, and the reference list says "
    "otherwise. The person's word stands; look at both pages. If the list is right, link the "
    "marker to its page.",
    "citation-lost": "A space or an empty bracket stands where a citation seems to have been "
    "stripped. The source may be in the original: look there.",
    "list-not-cited": "The text cites none of the numbers of its reference list. It may cite "
    "them in a way that was read as words, or may not cite them at all: look how it does.",
    "mixed-script": "A word mixes letters of several alphabets. Something was garbled or put in "
    "there; a citation may have been lost with it. Look at the word in the original.",
    "unterminated-sentence": "A paragraph ends without a stop. Words, or a citation, may be "
    "missing. Look at the original.",
    "failed-verification": "An editor of the page looked into the source: it does not say this. "
    "Read the source before you rely on the sentence.",
    "citation-needed": "An editor of the page asks for a source here. Look for one, or do "
    "without the sentence.",
    "dubious": "An editor of the page doubts this, or found it to be disputed. Look for another "
    "source before you rely on it.",
    "verification-needed": "An editor of the page could not look this up in its source. Look it "
    "up yourself.",
    "better-source-needed": "An editor of the page holds the source to be no good one for this. "
    "Look for a better one.",
    "attribution-needed": "An editor of the page asks who says this, or when and where it was. "
    "Find that out before you repeat it.",
    "unsourced": "An editor of the page says that it, or a part of it, lacks sources. Take what "
    "cites nothing there for unsourced.",
    "dead-link": "An editor of the page found that the address of a source leads nowhere any "
    "more. Look for the page elsewhere, such as in an archive.",
    "template-left-out": "The page has words that only its wiki can show: sentences may lack "
    "some. Look at the page in a browser.",
    "marker-without-reference": "The text cites a number that the reference list does not have. "
    "Look whether the list is whole, or say where the number leads.",
    "duplicate-reference-number": "Two entries of the reference list have the same number. "
    "Where they lead to different pages, a citation of that number leads nowhere. Then say where "
    "it leads, or give a list that is right with --references.",
    "syndicated-address": "A cited page says by its address that a news agency wrote the story: "
    "it may be no voice of its own beside that agency. Do not count both before you have looked.",
    "too-dense": "The text has more markers or paragraphs than any real text of its length. The "
    "rest is kept and was not read. If it is a text to read, read it in parts.",
    "reference-without-address": "An entry of the reference list names no address, so a "
    "citation of it leads to no page. Look for the page, and say where the citation leads.",
    "reference-names-only-site": "An entry of the reference list names the site of its page and "
    "no address. The outlet is known; which page was meant is not. Look for the page, and say "
    "where the citation leads.",
    "expiring-address": "A source is cited through an address that works for some days only. "
    "Look for the page, and say where the citation leads.",
    "hidden-address": "A source is cited through a short link, a redirect or an archive's code, "
    "which does not show whose page it is. Look for the page, and say where the citation leads.",
    "text-lost": "Something that nothing closes swallowed the end of the page, so that no "
    "browser shows it either. Words, or citations, may be missing. Look at the file of the page "
    "itself.",
    "markup-lost": "The page has more markup than any reader takes; the rest was taken out and "
    "its text kept. A link may be missing. Look at the page where a link matters.",
    "metadata-conflict": "The page says two things about itself. The first was believed; look "
    "at the page where it matters.",
    "wire-credit": "The text comes from a news agency, so the page repeats it and is no source "
    "of its own. Cite the agency, and do not count both.",
    "other-address": "The page names a page of another outlet as its own address: it is a copy "
    "of that page, and no source beside it. Look at that page, and do not count both.",
    "redirected": "The address led on to a page of another outlet, and that page was read: it is "
    "one source, under two addresses. Cite that page, and do not count both.",
    "modified-later": "The page was changed after it was published. An earlier reader may have "
    "seen another text. Look for what was changed where it matters.",
    "editors-remark": "The editors of the page themselves ask for a source, or doubt one, here. "
    "Look for a source before you rely on the sentence.",
    "reasoning-left-out": "The text shows what a model thought before it answered. That is no "
    "part of the article and was not read: its claims are not counted. There is nothing to do.",
    "unnumbered-list": "The text ends with a list of pages that have no numbers, and it links none "
    "of them. No sentence is known to rest on them, so they carry none. Ask the writer which "
    "sentence rests on which page.",
    "reference-never-cited": "The reference list has an entry that nothing in the text cites. "
    "It carries no claim. Look whether its citation was lost; else there is nothing to do.",
}
"""Code of a finding to what it means for the editor, the most urgent first. The last sentence says
what to do, here and of gaps; `docs/findings.md` is written from both."""

OTHER_FINDING = "A finding that this version of the program has no words for."

GAPS: dict["Gap", str] = {
    "no-reference-list": "The article has no reference list to look these up in. Look for the "
    "list and give it with --references, or say where each number leads.",
    "no-reference": "The article has a reference list, but no entry with this number. Look "
    "whether the list is whole, or say where the number leads.",
    "no-address": "The entry of the reference list names no address. Look for the page, and say "
    "where the number leads.",
    "conflicting-references": "Entries of the same number lead to different pages; none was "
    "picked for you. Look which is right, and say where the number leads.",
    "unusable-address": "The address is none that leads to a page; or it begins from a saved page "
    "whose own address was not given. Record a saved page with --url PAGE, and say where a number "
    "leads.",
}
"""Reason of a gap to what it means for the editor."""

OTHER_GAP = "A reason that this version of the program has no words for."

NOT_CHECKED = (
    "whether the cited pages exist today, and whether they say what the claims say. This audit "
    "shows where each citation leads, not whether it is true."
)
"""What an audit leaves open, after the words "Not checked:"."""

HOW_TO_READ = (
    "A claim is a sentence that says that something is so; claims have numbers. Headings, labels, "
    "questions and lead-ins are sentences as well, claim nothing and have none; where one of them "
    "cites, it is counted among the sentences.",
    "A claim is cited when it has a marker or link of its own; covered when it has none, but its "
    "paragraph closes with one, which is weaker.",
    "It is attributed when only its words name an outlet (according to ...), and uncited when "
    "there is none of these.",
    "A sentence cites or names a source when it has a marker or link of its own, also one that "
    "leads nowhere, or when its words name an outlet. Only of these can it be said with how many "
    "outlets they fall.",
    "Markers that stand together, [5][13], are one group: one good source is enough for it. A "
    "claim needs every one of its groups. An outlet that the words name and the group next to "
    "them lacks is a group of its own; names that one phrase joins, Reuters and the BBC, are one.",
    "Without an outlet a claim falls when a group has nothing left, and weakens when a group "
    "loses a source and keeps another. It is not known when that depends on a source whose outlet "
    "is not known.",
    "One part of a claim rests on an outlet when one of its groups has no other: without that "
    "outlet the claim falls, whatever stands behind its other groups.",
    "Behind a claim stand addresses, the pages that it cites; outlets, who publish them or are "
    "named; and origins, whose words these are. Two papers that print the report of one agency "
    "are two outlets and one origin.",
    "A story is one text on the pages of several outlets, of which nobody knows who wrote it: it "
    "is one origin.",
    "A source that is only listed stands in a list of sources, and no marker leads to it. It "
    "carries no claim.",
    "A gap is a citation that leads to no page. It is counted and never guessed; what depends on "
    "it is not known.",
    "The twelve digits and letters behind a claim are the beginning of its id, by which every "
    "command finds it: ledger trace and these digits show all that stands behind it.",
)
"""The lines at the end of every audit for people: each word that it uses in a sense of its own."""


def by_urgency(codes: Iterable[str]) -> list[str]:
    """Codes of findings, each once, the most urgent first; those without words come last."""
    urgent = {code: rank for rank, code in enumerate(FINDINGS)}
    return sorted(set(codes), key=lambda code: (urgent.get(code, len(urgent)), code))


def in_one_sentence(code: str) -> str:
    """What a finding means, without what follows from it."""
    return f"{FINDINGS.get(code, OTHER_FINDING).partition('. ')[0].rstrip('.')}."


def strength(claim: AuditedClaim) -> str:
    """How much must be lost before the sentence falls, as the end of a sentence about it."""
    if not claim.carried:
        return "nothing of its own carries it" if claim.kind == "covered" else "nothing carries it"
    if claim.resilience is None:
        return "how many outlets it rests on is not known"
    if claim.resilience == 1:
        story = claim.origins < claim.outlets
        return "falls with one outlet or story" if story else "falls with one outlet"
    owners = f" (counted by owner: {claim.owner_resilience:,})" if is_owned(claim) else ""
    return f"falls only when {claim.resilience:,} outlets are lost{owners}"


def what_falls(audits: Iterable[Audit]) -> str:
    """What the sentences of resilience 1 of some articles fall with."""
    alone = (sole for audit in audits for sole in audit.single_source)
    return "outlet or story" if any(sole.outlet is None for sole in alone) else "outlet"


def only_with_a_story(audit: Audit) -> set[str]:
    """Ids of the sentences that fall with one story, and with no one outlet that prints it."""
    with_outlets = {sole.claim for sole in audit.single_source if sole.outlet is not None}
    return {sole.claim for sole in audit.single_source} - with_outlets


def is_owned(claim: AuditedClaim) -> bool:
    """Whether fewer owners than outlets must be lost before the sentence falls."""
    if claim.owner_resilience is None or claim.resilience is None:
        return False
    return claim.owner_resilience < claim.resilience


def numbers(claim: AuditedClaim) -> str:
    """How many pages stand behind the sentence, of how many outlets, with how many voices.

    Where a source of it is not known, there may be more than are known, and none are no zero.
    """
    led = [citation for citation in claim.citations if citation.form not in IDLE]
    no_page = any(citation.gap is not None for citation in led)
    no_outlet = any(citation.key is None for citation in led) or any(
        named.carries and named.key is None for named in claim.attributions
    )
    behind = (
        ("address", "addresses", claim.addresses, no_page),
        ("outlet", "outlets", claim.outlets, no_outlet),
        ("origin", "origins", claim.origins, no_outlet),
    )
    none = [names for _, names, number, unknown in behind if unknown and not number]
    known = [counted(number, one, all) for one, all, number, _ in behind if all not in none]
    *some, last = none or [""]
    unknown = f"{', '.join(some)}{' and ' if some else ''}{last}: none known" if none else ""
    return "; ".join(filter(None, (", ".join(known), unknown)))


def sourced(number: int) -> str:
    """So many sentences that a citation carries, also one that leads nowhere, or a name in prose.

    Numbers call them `carried`.
    """
    one = "sentence that cites or names a source"
    return counted(number, one, "sentences that cite or name a source")


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number and its noun: "1 claim", "1,234 claims"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {plural or f'{noun}s'}"


def share(part: int, whole: int) -> str:
    """A part of a whole: "1 of 10"."""
    return f"{part:,} of {whole:,}"


def warnings(audit: Audit) -> tuple[str, ...]:
    """What keeps the numbers of an audit from being the whole truth, a sentence each."""
    page, numbers = audit.page, audit.numbers
    found = [f"not checked: {NOT_CHECKED}"]
    if page.revised_by is not None:
        found.append(f"{page.id[:12]} is an earlier version; the next one is {page.revised_by}")
    if audit.references is None:
        found.append(
            f"{page.id[:12]}: its words were redacted; what its reference list had is not known"
        )
    if numbers.gaps:
        found.append(
            f"{page.id[:12]}: {numbers.gaps:,} of {counted(numbers.citations, 'citation')} "
            f"{'leads' if numbers.gaps == 1 else 'lead'} nowhere; what depends on "
            f"{'it' if numbers.gaps == 1 else 'them'} is not known"
        )
    return tuple(found)
