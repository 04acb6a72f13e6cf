"""The directives of reStructuredText: which are code, which are not shown, which have a title."""

SHOWN = frozenset(
    "code code-block sourcecode math parsed-literal prompt ipython plot testcode testsetup"
    " testoutput doctest graphviz digraph graph uml mermaid productionlist jupyter-execute"
    " code-cell raw".split()
)
"""Code, formulas, and drawings that are written."""
UNSEEN = frozenset(
    "toctree contents index include literalinclude image currentmodule module highlight meta"
    " default-role role sectnum section-numbering target-notes bibliography footbibliography"
    " tabularcolumns default-domain sphinx_gallery".split()
)
"""What says where something is, or how the page is set."""
HEADED = frozenset("admonition topic sidebar rubric centered dropdown tab tab-item card".split())
"""What begins with its title."""
TOLD = frozenset(
    "note warning tip hint important caution danger attention error seealso todo epigraph"
    " highlights pull-quote versionadded versionchanged deprecated compound".split()
)
"""What may begin with its first words."""
