"""Ways to write a text -> the way of Markdown: what programs, forums, wikis and services write.

Each changes characters before any line is looked at, and only where the text shows that it is what
it looks like. `ledger.extract.opened` has their order:

1. The whole, without what is not the article: `wrapped`, `double_spaced`, `comments`,
   `embedded_pictures`, `reasoning`, `wiki_copy`.
2. Another language of marks as Markdown: `org`, `directives` (restructured text, with
   `parts_of_pages` and `listed_tables`), `fenced_words` (MyST), `fenced_cards`; below the front
   matter, in `spelled_out`, `typst`, `asciidoc` with `asciidoc_tables`, `latex` with `latex_head`,
   `restructured`. They share `inline`.
3. `addressed_numbers` are links. `spelled_out` has what many programs write in Markdown, each in
   its own way. Tables: `drawn_tables`, `tab_tables`, `element_tables`. Lines: `quoted_items`,
   `headed_entries`, `line_blocks`, `soft_ends`, `bold_sentences`. Notes and their marks:
   `notes_at_marks`, `element_notes`, `raised_letters`, `raised_notes`, `slashed_notes`. Lists of
   `citeproc`. Links: `own_entries`, `defined_entries`, `own_notes`, `note_links`,
   `vault_sources`, `identified_sources`. Keys: `wide_keys`, `worded_labels`. Marks of services
   and forums: `service_marks`, `foreign_marks`.
   All that one pattern can undo is a row of a table, which `respelled` applies: `spellings`,
   `site_commands`, `attributes`.
4. What only the spelled text shows: `glued_hosts`, `glued_notes`, `cards` with `source_cards` and
   `shown_sources`, `own_sources`, `paper_keys`, `files_below`, `paragraph_numbers`, `set_in_code`.
5. Lines: `underlined`, `outdented`, `chips`, `lone_counters`.
"""
