"""Lines -> reference lists: where they are, what counts their entries, what each entry says.

`every_list` is asked by the readers, and leads to all the others, in this order:

1. Ways to write a list that few write become definitions, "[2]: name": `counted_links`,
   `counted_files`, `lettered_notes`, `linked_numbers`, `named_rows`; where nothing else is found,
   `odd_list`, `id_rows` and `defined_in_text`.
2. `references` finds the lists. Lines that are entries wherever they stand: `definitions`. What
   stands under a head (`heads`, `head_words`, `head_note`): `headed_list`, `list_elements`,
   `on_one_line`, `run_on`, `wrapped_works`, `interrupted`. What only the text's citations show:
   `by_citation` with `cited_list`, `runs`, `counted`, `cited_numbers` and `page_notes`;
   `cited_works`. What is left: `neighbours`, `closing_addresses`.
3. Under a head, line by line: `entry_at` asks what a line begins (`entries`, `table_rows`,
   `titled`, `year_last`, `next_entry`), `continues` whether it goes on (`parts_of_entry`,
   `fields`), `grouped` whether it is a heading within; `looks_like_list` and `all_ones` look at the
   whole. An entry grows in `open_entry`, which gives its references: `addresses`
   (`broken_address`), `title`.
4. Entries are called as the text calls them: by their places (`placed_apart`), `works` and
   `counted_works` by author and year, `by_name`, `own_keys`, `of_one_kind`, `point_back`;
   `own_numbers` leave their titles.
5. Once the blocks are read: `numbering` tells which list a mention is of where numbers begin anew,
   `notes` lists those that stand in the text, `keyed_notes` reads those that only name works,
   `coauthors` tells works of one first author and one year apart, `uncited` takes back a list that
   is prose.

Lists that stand elsewhere: `front_list` in the front matter, `identified_keys` in the keys
themselves, `given` in a file of their own (`bibliography`, `by_author`).
"""
