"""Characters -> markers: the dialects, and what a document itself says about its own markers."""
