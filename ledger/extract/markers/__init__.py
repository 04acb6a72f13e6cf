"""Characters -> markers: the dialects, and what a document itself says about its own markers.

1. `evidence` asks the whole text, once, how it cites, given the identifiers of its lists. `ways`
   tells numbers in brackets (`in_brackets`), glued to words (`glued`, `carried_glued`, `few_glued`,
   `dense`, `doubtful`, `turns`, those that count, `wide_counts`, and those that end cells,
   `closing_cells`), set apart (`spaced`, `wide_amid`), set high (`high_numbers`, `carried`), in
   round brackets (`rounded`), in a way of the house (`odd`); without a list, they are told by
   where they stand (`unlisted`). Others are keys (`at_keys`), chips (`chips`), symbols (`symbols`),
   author and year (`authored`; `names_inside` with `paged` and `inflected`). `indexed` knows the
   numbers that index arrays.
2. `inline` reads a block with it. `respell` has what first spells the markers as the dialects know
   them, all but those in code (`code_spans`, `coded`). Then each place is looked at where something
   may begin: markup (`markup`, `stars`, `pictures`, `formulas`), an address (`apart`), or a marker.
3. A marker is a match of a row in `dialects` (`dialect` says what a row is), with those of
   `services` and `publishing`. What a match says is read by `marker` (numbers, links), `worded`
   ("[Source 3]", with `place`), `numbers`, `files`, `bare`, `identifiers` (with `id_behind`),
   `keys`, `named_keys`, `placed_works`, `in_braces`.
4. `meaning` says what it means in this document, and asks `admit`, the one place that decides
   whether the evidence lets it be a marker there. `link_words` knows the words of a link that only
   say where it leads, `spoken` keeps the numbers that are words of a sentence, `pages_behind` takes
   what belongs to a number.
5. `close_up` cuts the markers out of the text and keeps their places; `joined` knows the links that
   one phrase joins. `breaks` tells the lines of a cell apart before.

Three ways to follow:

* "[3](https://…)" is the row "number link" in `dialects`; `marker.read_numbered_link` takes number
  and address out of it, and `meaning` asks whether the list agrees. "[Reuters](https://…)" is
  "named link", `marker.read_named_link` and `link_words`.
* "[1, p. 5]" is the row "number and place", whose pattern is `PLACED` in `worded`;
  `worded.read_placed` takes the number out of it, `admit.if_placed_numbers` decides.
* "rose.³", "rose.^3^" and "rose.<sup>3</sup>" are the row "raised number"; `marker.read_raised`,
  and `admit.if_raised` with what `high_numbers` found in the whole text. A page comes to it through
  `html.high`, a PDF through `pdf.page`. "rose.3" is set high again by `glued` first.
"""
