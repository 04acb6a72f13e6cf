"""The order of the stages. Read this first.

    receive ──► extract ──► split ──► resolve ──► attribute ──► Reading ──► store
    (network,   bytes to    sentences  where each   outlets      all        one
     files)     clean text  and groups marker leads named in     entries    transaction
                                                    prose

Each stage is a module here or a package beside this one, and is imported from there: what reads one
page in a child process needs no more than that. The docstring of a package has the order of its
modules: begin with `ledger.extract` and `ledger.split`.

`receive` and the store are the two ends that touch the world. Everything between them is a pure
function of the bytes, their address and the time: `read`. `ingest` is the whole walk. `gather`
receives many inputs at once, `read_ahead` begins with the next while one is finished, `earlier`
is what a server is asked whether it still holds, `Together` records several inputs in one
transaction. Receiving is `ledger.inputs`. `link` records a person's decision about a citation that
the walk left open.
"""
