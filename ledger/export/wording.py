"""Codes of findings and gaps -> what they mean, in plain words.

Domain knowledge as data: a new finding or gap is a new row, and a test compares the rows with what
the program can say.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ledger.counting import counted as counted
from ledger.provenance import behind_in_words

if TYPE_CHECKING:  # for commands that only explain a gap
    from ledger.audit import Audit, AuditedClaim

FINDINGS: dict[str, str] = {
    "redacted": "The words of this page were erased, for the reason given. Its title, authors, "
    "sentences, reference list and earlier findings can no longer be shown; where its citations "
    "lead, and what falls without an outlet, is still shown. Nothing here can be fixed.",
    "wall-paywall": "The page shows only the beginning of an article that must be paid for. What "
    "is behind the paywall was not read, so claims and citations are missing. Save the page as a "
    "subscriber sees it, and ingest that file.",
    "wall-thin": "The file contains almost no prose. If part of the page is missing, save it "
    "again.",
    "text-left-out": "Not all of the document was read: it is too long, or it has hidden words or "
    "sources, attachments, or parts in other files. Claims and citations in those parts are "
    "missing. Check the document itself if they matter.",
    "no-reference-list": "The text cites by number but has no reference list, so no number leads "
    "anywhere. Find the list and give it with --references, or link each number by hand.",
    "numbers-kept": "There are numbers in brackets but no reference list, and their places do not "
    "show that they are citations, so they were treated as plain text. If they are citations, "
    "give the reference list with --references.",
    "works-kept": "There are names with years in brackets, the way works are cited, but the "
    "reference list has no such works, so they were treated as plain text. If they are citations, "
    "give the reference list or a bibliography with --references.",
    "keys-kept": "There are words with years in brackets, like the keys of a bibliography, but no "
    "list has them, so they were treated as plain text. If they are citations, give the "
    "bibliography with --references.",
    "cases-kept": "The text cites court cases by the reports that print them. Such citations are "
    "not followed and were treated as plain text. Look them up by hand.",
    "set-aside": "A person set this article aside, so it is not counted anywhere. It is shown "
    "because it was asked for by name. To count it again: ledger set-aside ARTICLE --undo",
    "same-words": "Another recorded article has the same words, or nearly, so each of their claims "
    "is counted more than once. If it is the same text, leave one out of all counts: ledger "
    "set-aside ARTICLE",
    "says-retracted": "The title of this page, or of one that it cites, says that it was "
    "retracted. What rests on it may be wrong. Read why, and record it with ledger withdraw, "
    "giving the address and the date.",
    "circular": "Pages that are cited here cite one another, or this page, in a circle, so it is "
    "not known who said it first. Do not count them as independent of one another, and look for a "
    "source outside of the circle.",
    "page-not-served": "A cited page was requested, and its server answered with an error. 404 and "
    "410 mean that there is no such page: it may have moved, or may never have existed. Other "
    "errors may only mean that the server refuses programs, so open the page in a browser.",
    "page-not-read": "A cited page was requested but gave no article: it asks for payment, consent "
    "or a login, or has nothing that can be read. Whether it supports the sentence cannot be seen "
    "here. Open the page in a browser, or save it there and ingest the file with --url.",
    "link-against-list": "A person linked a marker to one page, but the reference list leads it to "
    "another. The person's link counts; compare the two pages. If the list is right, link the "
    "marker to the page in the list.",
    "citation-lost": "A space or an empty bracket suggests that a citation was stripped here. Look "
    "for the source in the original.",
    "list-not-cited": "The text cites none of the numbers of its reference list. It may cite in a "
    "way that was treated as plain text, or may not cite the list at all. Check how the text "
    "cites.",
    "garbled-text": "Some bytes are no characters of the page's character set, or the page was "
    "read in another one than it says, so letters and signs may be wrong. Check names and figures "
    "in the original; a file of your own is best saved as UTF-8.",
    "mixed-script": "A word mixes letters of different alphabets. It may have been garbled or "
    "tampered with, and a citation may have been lost with it. Check the word in the original.",
    "unterminated-sentence": "A paragraph ends without a full stop. Words or a citation may be "
    "missing. Check the original.",
    "failed-verification": "An editor of the page checked the source and found that it does not "
    "say this. Read the source before you rely on the sentence.",
    "citation-needed": "An editor of the page asks for a source here. Find one, or do not rely on "
    "the sentence.",
    "dubious": "An editor of the page doubts this, or found it disputed. Find another source "
    "before you rely on it.",
    "verification-needed": "An editor of the page could not check this against its source. Check "
    "it yourself.",
    "better-source-needed": "An editor of the page thinks that the source is not good enough for "
    "this. Find a better one.",
    "attribution-needed": "An editor of the page asks who says this, or when and where. Find out "
    "before you repeat it.",
    "unsourced": "An editor of the page says that the page, or part of it, lacks sources. Treat "
    "whatever cites nothing there as unsourced.",
    "dead-link": "An editor of the page found that the address of a source no longer works. Look "
    "for the page elsewhere, for example in a web archive.",
    "template-left-out": "The page contains text that only its wiki can display, so some sentences "
    "may be incomplete. Read the page in a browser.",
    "marker-without-reference": "The text cites a number that is not in the reference list. Check "
    "whether the list is complete, or link the number by hand.",
    "duplicate-reference-number": "Two entries of the reference list have the same number. If they "
    "lead to different pages, citations of that number lead nowhere. In that case link the number "
    "by hand, or give a corrected list with --references.",
    "syndicated-address": "The address of a cited page suggests that a news agency wrote the "
    "story, so the page may not be a voice of its own beside that agency. Check before you count "
    "both.",
    "too-dense": "The text has more markers or paragraphs than a real text of this length would "
    "have. Part of it was kept but not analysed. If it is a real text, ingest it in parts.",
    "reference-without-address": "An entry of the reference list has no address, so citations of "
    "it lead to no page. Find the page and link the citation to it.",
    "reference-names-only-site": "An entry of the reference list names a website but gives no "
    "address. The outlet is known, but not which page is meant. Find the page and link the "
    "citation to it.",
    "expiring-address": "A source is cited through an address that works for a few days only. Find "
    "the page's own address and link the citation to it.",
    "hidden-address": "A source is cited through a short link, a redirect or an archive's code, "
    "which does not show whose page it is. Find the page's own address and link the citation to "
    "it.",
    "text-lost": "The end of the page is inside something that is never closed, such as a comment "
    "or a script, so browsers do not show it either. Words or citations may be missing. Look at "
    "the source of the page.",
    "markup-lost": "The page has more markup than can be processed, or markup that is damaged, so "
    "some of it was left out and its text kept. A link may be missing. If a link matters, check "
    "the page itself.",
    "metadata-conflict": "The page contradicts itself about its title, date, author, outlet or "
    "address. The first statement was used. If it matters, check the page itself.",
    "wire-credit": "The text comes from a news agency, so this page repeats the agency and is not "
    "a source of its own. Cite the agency, and do not count both.",
    "other-address": "The page gives a page of another outlet as its own address, so it is a copy "
    "of that page and not a separate source. Look at that page, and do not count both.",
    "redirected": "The address led on to a page of another outlet, and that page was read: they "
    "are one source under two addresses. Cite that page, and do not count both.",
    "modified-later": "The page was changed after it was published, so earlier readers may have "
    "seen another text. If it matters, find out what was changed.",
    "editors-remark": "The editors of the page ask for a source here, or doubt one. Find a source "
    "before you rely on the sentence.",
    "reasoning-left-out": "The text shows what an AI model thought before it answered. That is not "
    "part of the article and was not read, so claims in it are not counted. There is nothing to "
    "do.",
    "unnumbered-list": "The text ends with a list of pages without numbers, and links to none of "
    "them. Which sentence rests on which page is not known, so they support none. Ask the writer "
    "which page each sentence rests on.",
    "reference-never-cited": "The reference list has an entry that the text never cites, so it "
    "supports no claim. Check whether its citation was lost; otherwise there is nothing to do.",
}
"""Code of a finding to what it means for the editor, the most urgent first. The last sentence says
what to do, here and for gaps; `docs/findings.md` is written from both."""

OTHER_FINDING = "This version of the program has no description of this finding."

GAPS: dict[str, str] = {
    "no-reference-list": "The article has no reference list to look these up in. Find the list and "
    "give it with --references, or link each number by hand.",
    "no-reference": "The article has a reference list, but no entry with this number. Check "
    "whether the list is complete, or link the number by hand.",
    "no-address": "The entry in the reference list has no address. Find the page and link the "
    "number to it.",
    "conflicting-references": "Several entries have this number and lead to different pages, and "
    "none was picked for you. Check which one is right, and link the number to it.",
    "unusable-address": "The address does not lead to a page, or it is relative to a saved page "
    "whose own address is not known. Ingest a saved page with --url PAGE, and link any other "
    "number by hand.",
}
"""Reason of a gap to what it means for the editor."""

NOT_CHECKED = (
    "whether the cited pages exist today, and whether they say what the claims say. This audit "
    "shows where each citation leads, not whether it is true."
)
"""What an audit leaves open, after the words "Not checked:"."""

HOW_TO_READ = (
    "A claim is a sentence that asserts something; claims are numbered. Headings, labels, "
    "questions and lead-ins assert nothing and have no number; if one of them cites a source, it "
    "still counts among the sentences.",
    "A claim is cited when it has a marker or link of its own. It is covered when it has none, "
    "but its paragraph ends with one, which is weaker.",
    "A claim is attributed when only its words name an outlet (according to ...), and uncited when "
    "none of these is the case.",
    "A sentence cites or names a source when it has a marker or link of its own, even one that "
    "leads nowhere, or when its words name an outlet. Only for these sentences can it be said how "
    "many outlets they depend on.",
    "Markers that stand together, [5][13], form one group: one good source is enough for it. A "
    "claim needs all of its groups. An outlet that is named in the words but not cited next to "
    "them is a group of its own; names joined in one phrase, Reuters and the BBC, are one group.",
    "Without an outlet, a claim falls when one of its groups has nothing left, and weakens when a "
    "group loses a source but keeps another. This is not known when it depends on a source whose "
    "outlet is not known, or on several pages of a platform whose accounts are not known: they may "
    "be of one account, or each of another.",
    "One part of a claim rests on an outlet when one of its groups has no other: without that "
    "outlet the claim falls, whatever supports its other groups.",
    "Behind a claim there are addresses (the pages it cites), outlets (who publishes those pages, "
    "or is named) and voices (how many of them do not hang on one another). Two papers that print "
    "the same agency report are two outlets but only one voice.",
    "A story is one text on the pages of several outlets whose author is not known. It is one "
    "voice.",
    "A source that is only listed appears in a list of sources, but no marker leads to it. It "
    "supports no claim.",
    "A gap is a citation that leads to no page. Gaps are counted, and nothing is guessed: what "
    "depends on a gap is not known.",
    "The twelve letters and digits after a claim are the beginning of its id. Every command "
    "accepts them: ledger trace with this id shows everything behind the claim.",
)
"""The lines at the end of every audit for people: each word that it uses in a sense of its own."""


def by_urgency(codes: Iterable[str]) -> list[str]:
    """Codes of findings, each once, the most urgent first; those without words come last."""
    urgent = {code: rank for rank, code in enumerate(FINDINGS)}
    return sorted(set(codes), key=lambda code: (urgent.get(code, len(urgent)), code))


def gap_meaning(reason: str) -> str:
    """What the reason of a gap means and what to do."""
    return GAPS.get(reason, "This version of the program has no description of this reason.")


def in_one_sentence(code: str) -> str:
    """What a finding means, without what follows from it."""
    return f"{FINDINGS.get(code, OTHER_FINDING).partition('. ')[0].rstrip('.')}."


def strength(claim: "AuditedClaim") -> str:
    """How much must be lost before the sentence falls, as the end of a sentence about it."""
    if not claim.carried:
        return "nothing of its own carries it" if claim.kind == "covered" else "nothing carries it"
    if claim.resilience is None:
        return "it is not known how many outlets it rests on"
    if claim.resilience == 1:
        story = claim.origins < claim.outlets
        return "falls with one outlet or story" if story else "falls with one outlet"
    owners = f" (counted by owner: {claim.owner_resilience:,})" if is_owned(claim) else ""
    return f"falls only if {claim.resilience:,} outlets are lost{owners}"


def what_falls(*, story: bool) -> str:
    """What sentences of resilience 1 fall with; `story`: one of them with a story."""
    return "outlet or story" if story else "outlet"


def is_owned(claim: "AuditedClaim") -> bool:
    """Whether fewer owners than outlets must be lost before the sentence falls."""
    if claim.owner_resilience is None or claim.resilience is None:
        return False
    return claim.owner_resilience < claim.resilience


def numbers(claim: "AuditedClaim") -> str:
    """How many voices are behind the sentence, on how many pages of how many outlets."""
    return behind_in_words(claim.addresses, claim.outlets, claim.origins, claim.unknown)


def sourced(number: int) -> str:
    """How many claims cite or name a source: "12 sentences that cite or name a source".

    Numbers call them `carried`.
    """
    one = "sentence that cites or names a source"
    return counted(number, one, "sentences that cite or name a source")


def share(part: int, whole: int) -> str:
    """A part of a whole: "1 of 10"."""
    return f"{part:,} of {whole:,}"


def warnings(audit: "Audit") -> tuple[str, ...]:
    """What the numbers of an audit leave open, one sentence each."""
    page, numbers = audit.page, audit.numbers
    found = [f"not checked: {NOT_CHECKED}"]
    if page.revised_by is not None:
        found.append(f"{page.id[:12]} is an earlier version; the next one is {page.revised_by}")
    if audit.references is None:
        found.append(f"{page.id[:12]}: its words were redacted, so its reference list is not known")
    if numbers.gaps:
        found.append(
            f"{page.id[:12]}: {numbers.gaps:,} of {counted(numbers.citations, 'citation')} "
            f"{'leads' if numbers.gaps == 1 else 'lead'} nowhere; what depends on "
            f"{'it' if numbers.gaps == 1 else 'them'} is not known"
        )
    return tuple(found)
