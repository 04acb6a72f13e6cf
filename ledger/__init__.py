"""The claim ledger: article -> claims -> groups of citations -> sources -> outlets.

`pipeline` has the order of the stages and is where to begin reading. Nothing is imported here, so
that a command pays only for what it uses. What lies where:

1. Receiving: `inputs` (files, addresses, many at once), `fetch` (the network), `contain` (child
   processes that read what others wrote), `walls` (pages that are shown in the place of an
   article).
2. Reading: `extract` (bytes to a `document`, as much as `density` allows), `split` (sentences),
   `resolve` (where markers lead), `attribute` (outlets named in prose, by `names`), `figures` and
   `clauses` (what a sentence says where), `forms` (how a citation stands), `unread`,
   `finding_words` (of findings that others go by).
3. Whose pages are: `urls`, `outlets` (the registry), `origins` (agencies by address), `credits`
   (what a page says of itself), `voices` (pages that tell the same, by `rewording`, `clusters`
   and `leads`).
4. Entries: `model`, each an `entry` with the id that `ids` gives it.
5. The database: `tables` and `derived` are its schema, `schema` and `engine` say where it is,
   `upgrade`, `ledger_file`, and for servers `postgresql`, `server_address`, `roles`. `store`
   appends: `staging` makes rows ready, `recording` writes them with the `journal`, `bulk` many at
   once, `packing` the bytes; `latest` is what a new reading is built on, `summaries` follows.
   `waiting` says that another program writes.
6. Proof: `merkle`, `tree`, `checkpoint`, `note` (signatures), `timestamp`, `pinned` (what a user
   keeps), `proof` makes and checks, `check_proof` does so without a ledger.
7. Erasing: `erasure`, `redacted`, `remains`, `compact`.
8. Moving and mending: `backup`, `restore`, `transfer`, `placing`, `doctor`, `machine`.
9. Answers: `reader` and `opened_to_read` (the database, to read only), `queries` (rows),
   `provenance` (what falls without what), `otherwise` (what turns a claim), `audit` and `export`
   (documents of these), `called` (titles), `commands` (the command line).

Below all of them: `errors`, `counting` (numbers with their nouns), `patterns`, `letters`.
"""
