"""The order of the stages. Read this first.

    receive ──► extract ──► split ──► resolve ──► attribute ──► Reading ──► store
    (network,   bytes to    sentences  where each   outlets      all        one
     files)     clean text  and groups marker leads named in     entries    transaction
                                                    prose

Each stage is a module here or a package beside this one, and is imported from there: what reads one
page in a child process needs no more than that. The docstring of a package has the order of its
modules: begin with `ledger.extract` and `ledger.split`.

`inputs.receive` and the store are the two ends that touch the world. Everything between them is a
pure function of the bytes, their address and the time. Here are, in the order of the walk:

1. From bytes to entries: `parse` has the document read, asks `walls` whether it is the article at
   all, and `claims` for what it says and cites; `pages` has the pages and outlets that it meets.
   `read` makes entries of that, with `capture` and `entries`; `item` makes the JSON of
   `ledger parse` instead.
2. From entries to the record: `ingest` is the whole walk for one input. What is recorded already is
   not recorded again; else `carry` takes over what people decided of the version before, as far as
   `meanings` leaves no doubt what they spoke of. `together` records several inputs in one
   transaction, `ahead` begins with the next while one is finished, `outcome` is what came of each.
3. Other ways for bytes to come: `render` (a browser of the user's own), `follow` (pages that are
   cited), `warc` with `warc_stream`, `warc_record` and `warc_digest`, `feeds` and `sitemaps`, both
   read by `xml`, of which `news` lets through what is new.
4. What people decide, recorded beside what was read: `link` and `unlink` of a marker; `tell` of
   outlets, whose `facts` are typed or come from an `outlet_file` (`faults` are its errors, all at
   once); `voices` of pages that are one; `withdraw`; `set_aside`.
"""
