"""Characters -> markers: the dialects, and what a document itself says about its own markers.

1. `evidence` asks the whole text, once, how it cites, given the identifiers of its lists. `ways`
   tells numbers in brackets (`in_brackets`), glued to words (`glued`, `dense`, `turns`), set apart
   (`spaced`), set high (`high_numbers`, `carried`), in round brackets (`rounded`), in a way of the
   house (`odd`); without a list, they are told by where they stand (`unlisted`). Others are keys
   (`at_keys`), chips (`chips`), symbols (`symbols`), author and year (`authored` with `paged` and
   `inflected`). `indexed` knows the numbers that index arrays.
2. `inline` reads a block with it. `respell` has what first spells the markers as the dialects know
   them, all but those in code (`code_spans`, `coded`). Then each place is looked at where something
   may begin: markup (`markup`, `stars`, `pictures`, `formulas`), an address (`apart`), or a marker.
3. A marker is a match of a row in `dialects` (`dialect` says what a row is), with those of
   `services` and `publishing`. What a match says is read by `marker` (numbers, links), `worded`
   ("[Source 3]", with `place`), `numbers`, `files`, `bare`, `identifiers`, `keys`, `named_keys`,
   `placed_works`, `in_braces`.
4. `meaning` says what it means in this document, and asks `admit`, the one place that decides
   whether the evidence lets it be a marker there. `link_words` knows the words of a link that only
   say where it leads, `spoken` keeps the numbers that are words of a sentence, `pages_behind` takes
   what belongs to a number.
5. `close_up` cuts the markers out of the text and keeps their places; `joined` knows the links that
   one phrase joins. `breaks` tells the lines of a cell apart before.

Where is "[1, p. 5]" read? Its pattern is the row "number and place" in `dialects`, which is
`PLACED` in `worded`; `worded.read_placed` takes the number out of it, `admit.if_placed_numbers`
decides.
"""
