"""``expander publish`` as an editor runs it, on real wikis: shown, asked, saved, or said by hand."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from expander import store
from expander.articles import Revision
from expander.proposals.expansion import Expansion
from expander.wiki import Wiki
from tests.farm.farm import Farm
from tests.journey.running import expander
from tests.publication.making import RUSSIAN, TAJIK, TEXT, Passage, expansion
from tests.review.tmux import terminal

pytestmark = pytest.mark.farm

MUCH = Passage("It was much.", "A passage about the money.")
ENDED = Passage('It ended in 2009.<ref name="a" />', "A passage about the end of the work.", TAJIK)
SUMMARY = (
    "Content in this edit is translated from the existing Russian Wikipedia article at "
    "[[:ru:Российско-таджикские отношения]]; see its history for attribution."
)
_numbers = count(1)


@dataclass
class Desk:
    """A proposal folder for a page of one's own on the farm, and the command that publishes it."""

    farm: Farm
    place: Path
    base: Revision

    @property
    def folder(self) -> Path:
        return self.place / "proposal"

    @property
    def secret(self) -> str:
        return ":".join(self.farm.bot_password)

    def decide(self, passages: Sequence[Passage], change: Callable[[Expansion], Expansion] = lambda made: made) -> None:
        store.save(self.folder, change(expansion(self.base, passages)), "0")

    def run(self, *options: str, account: bool = True, **environment: str) -> CompletedProcess[str]:
        token = {"EXPANDER_WIKI_TOKEN": self.secret if account else ""}
        result = expander("publish", self.folder, *options, cwd=self.place, **token, **environment)
        password = self.farm.bot_password[1]
        assert password not in result.stdout + result.stderr
        return result

    @property
    def untouched(self) -> bool:
        return self.farm.revision("en", self.base.title)["revid"] == self.base.revid


@pytest.fixture
def desk(farm: Farm, tmp_path: Path) -> Iterator[Desk]:
    title = f"Barrage {next(_numbers)}"
    farm.edit("en", title, TEXT, user="Admin")
    (tmp_path / "expander.toml").write_text(f'[wikis]\nen = "{farm.endpoints["en"]}"\n')
    made = Desk(farm, tmp_path, Wiki(farm.endpoints).page("en", title))
    made.decide([MUCH])
    return made


def test_yes_saves_and_names_the_source(desk: Desk) -> None:
    done = desk.run("--yes")
    assert done.returncode == 0, done.stderr
    newest = desk.farm.revision("en", desk.base.title)
    assert newest["content"] == desk.base.text.replace("It was much.", "It was much. A passage about the money.")
    assert newest["comment"] == SUMMARY
    assert f"Saved as revision {newest['revid']} of “{desk.base.title}”." in done.stderr
    assert "+The second paragraph is about money. It was much. A passage about the money." in done.stdout
    assert f"insertversion={newest['revid']}" in desk.farm.text("en", f"Talk:{desk.base.title}")
    again = desk.run("--yes")
    assert (again.returncode, "Nothing was saved." in again.stderr) == (0, True)
    assert desk.farm.revision("en", desk.base.title)["revid"] == newest["revid"]


def test_json_is_the_result_alone(desk: Desk) -> None:
    done = desk.run("--yes", "--json")
    (published,) = json.loads(done.stdout)
    assert published["revid"] == desk.farm.revision("en", desk.base.title)["revid"]
    assert published["summary"] == SUMMARY
    assert published["passages"] == ["ru-p1"]
    assert json.loads(desk.run("--json", "--dry-run").stdout) == []


def test_a_dry_run_shows_everything_and_saves_nothing(desk: Desk) -> None:
    done = desk.run("--dry-run")
    assert done.returncode == 0
    assert "A passage about the money." in done.stdout
    assert SUMMARY in done.stderr and "A dry run: nothing was saved." in done.stderr
    assert desk.untouched


def test_where_nobody_can_be_asked_nothing_is_saved(desk: Desk) -> None:
    done = desk.run()
    assert (done.returncode, "Nobody can be asked" in done.stderr) == (2, True)
    assert desk.untouched


@pytest.mark.terminal
@pytest.mark.parametrize("answer", ["y", "n", ""])
def test_a_terminal_is_asked(desk: Desk, answer: str) -> None:
    environment = {
        "HOME": str(desk.place), "XDG_CACHE_HOME": str(desk.place), "XDG_DATA_HOME": str(desk.place),
        "EXPANDER_WIKI_TOKEN": desk.secret, "NO_COLOR": "1",
    }  # fmt: skip
    command = [sys.executable, "-m", "expander", "publish", str(desk.folder)]
    with terminal(command, desk.place, width=100, env=environment) as screen:
        shown = screen.until(f"Save this to “{desk.base.title}”? [y/N]")
        assert "A passage about the money." in shown
        assert "[[:ru:" in shown
        assert desk.untouched
        screen.type(answer)
        shown = screen.until("[ended 0]")
    assert ("Saved as revision" in shown) == (answer == "y")
    assert ("Nothing was saved." in shown) == (answer != "y")
    assert desk.untouched == (answer != "y")


def test_one_edit_a_section(desk: Desk) -> None:
    lead = Passage("It stands on a river.", "A passage about the river.")

    def parted(made: Expansion) -> Expansion:
        first, *others = made.proposals
        history = [
            replace(p, section="History", gap=replace(p.gap, anchor=replace(p.gap.anchor, section=1))) for p in others
        ]
        return replace(made, proposals=(first, *history), per_section=True)

    desk.decide([replace(lead, after='It stands on a river.<ref name="a">Source A.</ref>'), ENDED, MUCH], parted)
    done = desk.run("--yes")
    assert done.returncode == 0, done.stderr
    assert "1 more edit follows after this one." in done.stderr
    second, first, _ = desk.farm.history("en", desk.base.title)
    assert first["comment"] == SUMMARY
    assert "[[:ru:" in second["comment"] and "[[:tg:" in second["comment"]
    assert "A passage about the river." in first["content"] and "the money" not in first["content"]
    assert "A passage about the end" in second["content"] and "A passage about the money." in second["content"]
    talk = desk.farm.text("en", f"Talk:{desk.base.title}")
    assert f"{{{{Translated page|ru|{RUSSIAN[1]}|version={RUSSIAN[2]}|insertversion={first['revid']}}}}}" in talk
    for lang, title, revid in (RUSSIAN, TAJIK):
        about = f"|version={revid}|insertversion={second['revid']}|section=History}}}}"
        assert f"{{{{Translated page|{lang}|{title}{about}" in talk


def test_a_page_of_ones_own_is_tagged_and_asked_about(desk: Desk) -> None:
    desk.decide([replace(MUCH, engine="google")])
    target = f"User:Editor/{desk.base.title}"
    refused = desk.run("--target", target)
    assert (refused.returncode, "Nobody can be asked" in refused.stderr) == (2, True)
    assert desk.farm.history("en", target) == []
    shown = desk.run("--target", target, "--dry-run")
    assert "does not exist yet; it begins as a copy of the article" in shown.stderr
    assert desk.farm.history("en", target) == []
    done = desk.run("--target", target, "--yes")
    assert done.returncode == 0, done.stderr
    assert desk.farm.text("en", target).startswith("{{LLM-assisted translation}}\n'''Dam'''")
    assert "A passage about the money." in desk.farm.text("en", target)
    assert "was changed since" not in done.stderr
    assert desk.untouched


def test_rules_refuse_with_their_names(desk: Desk) -> None:
    def unchecked(made: Expansion) -> Expansion:
        return replace(made, checklist=())

    desk.decide([replace(MUCH, engine="google")], unchecked)
    refused = desk.run("--yes")
    assert (refused.returncode, "(WP:LLMTRANS)" in refused.stderr) == (2, True)

    def unrevised(made: Expansion) -> Expansion:
        return made.with_proposals(replace(p, source_text="слово " * 12) for p in made.proposals)

    desk.decide([MUCH], unrevised)
    refused = desk.run("--yes")
    assert (refused.returncode, "(WP:MTRANS)" in refused.stderr) == (2, True)
    assert desk.untouched
    assert desk.run("--yes", "--i-have-revised").returncode == 0
    assert not desk.untouched


def test_another_editor_was_faster(desk: Desk) -> None:
    desk.farm.edit("en", desk.base.title, desk.base.text.replace("It was much.", "It cost a lot."))
    refused = desk.run("--yes")
    assert refused.returncode == 5
    assert "was changed since it was read" in refused.stderr and "ru-p1" in refused.stderr
    desk.decide([ENDED, MUCH])
    done = desk.run("--yes", "--leave-out")
    assert done.returncode == 0, done.stderr
    assert "ru-p2 is left out" in done.stderr
    text = desk.farm.text("en", desk.base.title)
    assert "It cost a lot." in text and "the end of the work" in text and "about the money." not in text


def test_without_an_account_by_hand(desk: Desk) -> None:
    early = desk.run(account=False)
    assert (early.returncode, "run “expander apply” first" in early.stderr) == (2, True)
    assert expander("apply", desk.folder, cwd=desk.place).returncode == 0
    browser = desk.place / "browser.sh"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {desk.place}/opened\n')
    browser.chmod(0o755)
    said = desk.run("--open", account=False, BROWSER=str(browser))
    assert said.returncode == 0, said.stderr
    address = desk.farm.endpoints["en"].replace("api.php", "index.php")
    url = f"{address}?title={desk.base.title.replace(' ', '_')}&action=edit"
    assert url in said.stderr and "EXPANDER_WIKI_TOKEN" in said.stderr
    assert SUMMARY in said.stdout and "{{Translated page|ru|" in said.stdout
    assert (desk.place / "opened").read_text() == url
    assert desk.run("--json", account=False).stdout == "[]\n"
    desk.decide([MUCH, replace(MUCH, wikitext="Another one.")])
    assert "run “expander apply” first" in desk.run(account=False).stderr
    assert desk.untouched


def test_by_hand_to_a_page_of_ones_own(desk: Desk) -> None:
    desk.decide([replace(MUCH, engine="google")])
    assert expander("apply", desk.folder, cwd=desk.place).returncode == 0
    said = desk.run("--target", "User:Editor/sandbox", account=False)
    assert said.returncode == 0, said.stderr
    assert "{{LLM-assisted translation}} as its first line" in said.stderr
    assert f"Copied content from [[{desk.base.title}]] (revision {desk.base.revid})" in said.stdout
    assert SUMMARY in said.stdout and "{{Translated page" not in said.stdout


def test_a_password_that_is_wrong_is_not_shown(desk: Desk) -> None:
    wrong = "Editor@farm:not-the-password-at-all"
    refused = expander("publish", desk.folder, "--yes", cwd=desk.place, EXPANDER_WIKI_TOKEN=wrong)
    assert refused.returncode != 0
    assert "not-the-password" not in refused.stdout + refused.stderr
    assert desk.untouched
