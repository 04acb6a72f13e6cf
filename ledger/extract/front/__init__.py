"""What stands above a text -> its title, who wrote it, when, for whom, and whose text it is.

`ledger.extract.opened` asks in this order:

1. `metadata` reads front matter, and at the end the text itself: its first heading, its dateline.
   `mail` reads the head of a mail or a memo.
2. `masthead` reads the first lines, where one of them says who wrote it or when: `about` says what
   one such line says, of people by `authors` and of days by `dates` and `months`. A page asks
   `about` of its own lines.
3. `first_line` is the title of a plain text, for `ledger.extract.lines`; `part_names` are headings
   that are no title.

Above the slides of one file stand heads of their own: `slide_heads`.
"""
