"""What AI services hand out, as data -> Markdown with markers, and its references."""
