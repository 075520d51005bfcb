"""The pictures in ``docs/images``: ``python -m tools.report_pictures`` takes them in headless Chromium."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).parent.parent / "docs" / "images"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
# name: width and height of the window, colours, and what stands at its top
PICTURES = {
    "report": (1440, 1180, "light", ".masthead"),
    "report-passage": (1440, 900, "light", ".passage:has(.findings)"),
    "report-phone": (390, 844, "light", ".coverage"),
}


def main() -> int:
    """Make the pictures; the exit status."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.stdout.write("chromium is not installed: apt-get install chromium\n")
        return 2
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        demo = [sys.executable, "-m", "expander", "--quiet", "demo", "--out", folder]
        subprocess.run(demo, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  (our own command)
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for name in PICTURES:
            picture(browser, Path(folder) / "report.html", name)
        browser.close()
    return 0


def picture(browser: Browser, report: Path, name: str) -> None:
    """One picture of the report."""
    width, height, colours, place = PICTURES[name]
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=colours, reduced_motion="reduce")
    page.goto(report.as_uri())
    page.locator(place).first.evaluate("part => part.scrollIntoView()")
    page.screenshot(path=IMAGES / f"{name}.png")
    page.close()


if __name__ == "__main__":
    sys.exit(main())
