"""The report: one HTML page that holds everything and asks nothing of the network."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import Any

from expander.proposals.expansion import Expansion
from expander.review.report_view import view


def render_report(expansion: Expansion, version: str) -> str:
    """``report.html`` of ``expansion``: overview, coverage, passages, contradictions, what was left out and why.

    Style and script stand in the page; its Content-Security-Policy allows them by their hashes and nothing else, so
    that text of others can neither run nor fetch anything. Decisions taken in the page are kept in the browser and
    exported as the JSON of :mod:`expander.review.exchange`.
    """
    style, script = _file("report.css"), _file("report.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    template = _environment().get_template("report.html.j2")
    return str(template.render(view=view(expansion), version=version, style=style, script=script, policy=policy))


def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("expander.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _file(name: str) -> str:
    return (files("expander.review") / "templates" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
