"""Knowledge about languages, as data: ``data/<lang>/<topic>.toml``, each validated into a frozen struct by the stage
that uses it.

A language that has no file for a topic gets the topic's defaults (and what CLDR knows): nothing in the code knows
just Russian and Tajik.
"""

from expander.language.knowledge import language_code, language_name, languages, topic

__all__ = ["language_code", "language_name", "languages", "topic"]
