"""Lines -> reference lists: where they are, what counts their entries, what each entry says."""
