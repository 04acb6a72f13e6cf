"""Ways to write a text -> the way of Markdown: what programs, forums, wikis and services write.

Each changes characters before any line is looked at, and only where the text shows that it is what
it looks like. `ledger.extract.opened` has their order.
"""
