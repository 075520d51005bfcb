"""The report in a headless Chromium that may not leave the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.needs import need

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    path = need("chromium", "apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Opened:
    """A page, and what must not have happened in it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@contextmanager
def opened(browser: Browser, report: Path, **options: object) -> Iterator[Opened]:
    """``report`` in a browser of its own; every request but that for the file itself is blocked and noted."""
    context = browser.new_context(accept_downloads=True, **options)
    page = context.new_page()
    seen = Opened(page)
    address = report.resolve().as_uri()

    def on_request(route: object, request: object) -> None:
        if request.url.split("#")[0] == address:
            route.continue_()
        else:
            seen.requests.append(request.url)
            route.abort()

    context.route("**/*", on_request)
    page.on(
        "console",
        lambda message: seen.complaints.append(message.text) if message.type in {"error", "warning"} else None,
    )
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.goto(address)
    yield seen
    context.close()
