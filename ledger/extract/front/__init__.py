"""What stands above a text -> its title, who wrote it, when, for whom, and whose text it is.

Above the slides of one file stand heads of their own: `slide_heads`.
"""
