"""The picture of the terminal review: ``python -m tools.docs_picture`` writes ``docs/images/review.svg``."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

from tools.docs_terminal import Run, Workplace

PICTURE = Path(__file__).parent.parent / "docs" / "images" / "review.svg"
PASSAGE = "largest trading partner"
COLUMNS = 110


def main() -> int:
    """Review the sample and keep the screen."""
    workplace = Workplace()
    try:
        workplace.begin()
        workplace.show(Run("expander --quiet demo --out relations > /dev/null"))
        run = Run("expander review relations", COLUMNS, ("/", PASSAGE, "q"), colour=True)
        screen = workplace.show(run)
    finally:
        workplace.close()
    passage = screen.split(PASSAGE, 1)[1].split("\n", 1)[1].rsplit("›", 1)[0] + "›"
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(passage.strip("\n")))
    svg = console.export_svg(title="expander review relations", unique_id="review")
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)  # fonts from elsewhere: the reader's own will do
    PICTURE.write_text(re.sub(r"(?m)^\s+$\n", "", svg), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
