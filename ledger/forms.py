"""How a citation stands in its text. Apart from `model`, because reading commands load no Pydantic.

marker, link: carries what stands before it. navigation: a link to a site's own topic, author or
section page. listed: an entry of a list of sources that no marker points to; a source of the
article, and of no claim in particular.
"""

from typing import Literal

Form = Literal["marker", "link", "navigation", "listed"]
IDLE: frozenset[str] = frozenset({"navigation", "listed"})
"""Forms that carry nothing."""

CARRIES = f"NOT IN ({', '.join(map(repr, sorted(IDLE)))})"
"""What SQL says of the form of a citation that carries something."""
