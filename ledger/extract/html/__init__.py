"""HTML -> Document.

`read` has the stages, in this order:

1. A page is made safe for its parser (`guard`; `distill` first, for pages of that program) and
   becomes a `tree` of elements (`parsed`, with what `citing_tags` stand for). `survey` counts once
   what stands in each (`facts`, by `names` and `hints`; `unfolded` is what a page hides and means
   to show).
2. `notes` follows the links inside the page: to `places` and `targets`, by `marks` and `returns`.
   Notes may stand at their marks (`at_marks`, `siblings`), be kept in attributes (`kept`,
   `fragment`), be counted (`indexed`), be said twice (`copies`), be named in words (`listing`) or
   be cited by nothing (`uncited`). What is found is a `note`; `stands` puts a stand-in for each
   marker.
3. `body` finds the element that holds the article; `metadata` what the page says of itself (`said`,
   `json_ld`, `titles`, `people`, `published`).
4. `look` makes the document. `article` leaves out what is none, and has what stands beside and
   above: `beside`, `lead`, `abstract`. `walk` turns elements into parts (`part`), lines of inline
   Markdown: `links`, `anchors`, `chips`, `high`, `cells`, `counted`, `counts`, `card`, `typed`,
   `itemised`, `printed`, `written`.
   `sift` leaves out the parts that are no article, `heads` and `numbered` find the lists among
   them, `entries` makes references of the notes, and `composed` one text of all.
5. `second_look` tries again with lists that nobody is shown (`hidden`, `rows`) where markers lead
   nowhere. `navigation` marks the links that prove nothing.
"""

from ledger.extract.html.read import read_html

__all__ = ["read_html"]
