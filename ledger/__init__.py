"""The claim ledger: article -> claims -> groups of citations -> sources -> outlets.

`ledger.pipeline` has the order of the stages and is where to begin reading; `ledger.queries`,
`ledger.provenance` and `ledger.audit` answer questions about what is recorded. Nothing is imported
here, so that a command pays only for what it uses.
"""
