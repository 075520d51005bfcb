"""Two editors on one page, on real wikis: no byte of the other's edit is lost, and the editor is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from expander.articles import Revision
from expander.errors import EditConflict, EditRefused
from expander.publication import Account, BotPassword, Plan, Submission, Wishes, publish
from tests.farm.farm import Farm
from tests.publication.making import RUSSIAN, TAJIK, TEXT, Passage, expansion

pytestmark = pytest.mark.farm

ENDED = Passage('It ended in 2009.<ref name="a" />', "A passage about the end of the work.")
MUCH = Passage("It was much.", "A passage about the money.")
SUMMARY = (
    "Content in this edit is translated from the existing Russian Wikipedia article at "
    "[[:ru:Российско-таджикские отношения]]; see its history for attribution."
)


def yes(plan: Plan) -> bool:
    return True


def with_both(text: str) -> str:
    """The text with both passages in it."""
    return text.replace(ENDED.after, f"{ENDED.after} {ENDED.wikitext}").replace(
        MUCH.after, f"{MUCH.after} {MUCH.wikitext}"
    )


def test_the_draft_is_saved_as_it_is_and_the_sources_named(
    farm: Farm, account: Account, page: Callable[..., Revision]
) -> None:
    base = page()
    reported = []
    (saved,) = publish(expansion(base, [ENDED, MUCH]), account, yes, saved=reported.append)
    newest = farm.revision("en", base.title)
    assert newest["content"] == with_both(base.text)
    assert (newest["revid"], newest["parentid"], newest["user"]) == (saved.revid, base.revid, "Editor")
    assert newest["comment"] == SUMMARY
    talk = farm.revision("en", f"Talk:{base.title}")
    assert talk["content"] == (
        f"{{{{Translated page|ru|{RUSSIAN[1]}|version={RUSSIAN[2]}|insertversion={saved.revid}}}}}"
    )
    assert (saved.exact, saved.talk_revid, saved.talk_title) == (True, talk["revid"], f"Talk:{base.title}")
    assert f"Special:Diff/{saved.revid}" in talk["comment"]
    assert reported == [saved]


def test_publishing_twice_publishes_once(farm: Farm, account: Account, page: Callable[..., Revision]) -> None:
    base = page()
    publish(expansion(base, [ENDED, MUCH]), account, yes)
    before = farm.history("en", base.title), farm.history("en", f"Talk:{base.title}")
    assert publish(expansion(base, [ENDED, MUCH]), account, yes) == ()
    assert (farm.history("en", base.title), farm.history("en", f"Talk:{base.title}")) == before


def test_the_talk_page_keeps_what_it_has(farm: Farm, account: Account, page: Callable[..., Revision]) -> None:
    base = page()
    farm.edit("en", f"Talk:{base.title}", "{{Talk header}}\n== A question ==\nWhy?")
    publish(expansion(base, [ENDED]), account, yes)
    assert farm.text("en", f"Talk:{base.title}").endswith("}}\n{{Talk header}}\n== A question ==\nWhy?")


def test_nothing_is_saved_without_a_yes_or_in_a_dry_run(
    farm: Farm, account: Account, page: Callable[..., Revision]
) -> None:
    base = page()
    shown: list[Plan] = []
    assert publish(expansion(base, [ENDED]), account, lambda plan: bool(shown.append(plan))) == ()
    assert publish(expansion(base, [ENDED]), account, lambda plan: not shown.append(plan), Wishes(dry_run=True)) == ()
    assert [plan.draft.text for plan in shown] == [with_both(base.text).replace(f" {MUCH.wikitext}", "")] * 2
    assert farm.revision("en", base.title)["revid"] == base.revid
    assert farm.history("en", f"Talk:{base.title}") == []


RIVALS = {
    "another section": ("* [[Russia]]", "* [[Russia]]\n* [[Tajikistan]]"),
    "same section, another paragraph": (
        "The second paragraph is about money.",
        "The second paragraph, as I see it, is about money.",
    ),
    "same paragraph, another sentence": ("Work began in 1996.", "Work began in the spring of 1996."),
    "a later sentence of the paragraph": ("People came to see it.", "People came to see it from afar. Many did."),
    "before the text": ("'''Dam'''", "{{Short description|A dam}}\n'''Dam'''"),
    "a heading": ("== History ==", "== Construction =="),
    "a category at the end": ("<references />", "<references />\n\n[[Category:Dams]]"),
    "a new paragraph above": ("The second paragraph", "A paragraph of mine.\n\nThe second paragraph"),
}


@pytest.mark.parametrize("change", RIVALS.values(), ids=RIVALS)
def test_edits_elsewhere_are_kept_and_the_passages_follow(
    farm: Farm, account: Account, page: Callable[..., Revision], change: tuple[str, str]
) -> None:
    base = page()
    theirs = base.text.replace(*change)
    assert theirs != base.text
    revid = farm.edit("en", base.title, theirs)
    plans: list[Plan] = []
    (saved,) = publish(expansion(base, [ENDED, MUCH]), account, lambda plan: not plans.append(plan))
    newest = farm.revision("en", base.title)
    assert newest["content"] == with_both(theirs)
    assert (newest["revid"], newest["parentid"]) == (saved.revid, revid)
    assert plans[0].rebased and plans[0].draft.base == theirs


CONFLICTS = {
    "the anchor sentence deleted": ('It ended in 2009.<ref name="a" /> ', ""),
    "the anchor sentence changed": ("It ended in 2009.", "It ended in 2010."),
    "text put at the same place": ('2009.<ref name="a" /> People', '2009.<ref name="a" /> Or so they say. People'),
    "the paragraph deleted": ('Work began in 1996. It ended in 2009.<ref name="a" /> People came to see it.\n\n', ""),
    "the paragraph cut there": ('<ref name="a" /> People', '<ref name="a" />\n\nThen people'),
}


@pytest.mark.parametrize("change", CONFLICTS.values(), ids=CONFLICTS)
def test_what_does_not_fit_any_more_is_named_and_nothing_is_saved(
    farm: Farm, account: Account, page: Callable[..., Revision], change: tuple[str, str]
) -> None:
    base = page()
    theirs = base.text.replace(*change)
    assert theirs != base.text
    revid = farm.edit("en", base.title, theirs)
    with pytest.raises(EditConflict, match=r"not every passage fits .*ru-p1: what stands around its place"):
        publish(expansion(base, [ENDED, MUCH]), account, yes)
    assert farm.revision("en", base.title)["revid"] == revid
    publish(expansion(base, [ENDED, MUCH]), account, yes, Wishes(leave_out=True))
    assert farm.text("en", base.title) == theirs.replace(MUCH.after, f"{MUCH.after} {MUCH.wikitext}")


def test_a_page_that_was_deleted_stays_deleted(farm: Farm, account: Account, page: Callable[..., Revision]) -> None:
    base = page()
    farm.delete("en", base.title)
    with pytest.raises(EditConflict, match="was deleted"):
        publish(expansion(base, [ENDED]), account, yes)
    assert farm.history("en", base.title) == []


def test_a_page_that_became_a_redirect_stays_one(farm: Farm, account: Account, page: Callable[..., Revision]) -> None:
    base = page()
    farm.edit("en", base.title, "#REDIRECT [[Russia]]")
    with pytest.raises(EditConflict, match="has become a redirect"):
        publish(expansion(base, [ENDED]), account, yes)


def test_a_page_that_was_protected_is_not_asked_about(
    farm: Farm, account: Account, page: Callable[..., Revision]
) -> None:
    base = page()
    farm.protect("en", base.title)
    with pytest.raises(
        EditRefused, match=r"is protected; nothing was saved: propose .* \{\{edit protected\}\}"
    ) as caught:
        publish(expansion(base, [ENDED]), account, lambda plan: pytest.fail("asked"))
    assert caught.value.code == "protectedpage"


def meanwhile(act: Callable[[], object]) -> Callable[[Plan], bool]:
    """Says yes each time, but the first time somebody acts while the draft is shown."""
    acts = [act]

    def confirm(plan: Plan) -> bool:
        if acts:
            acts.pop()()
        return True

    return confirm


def test_an_edit_while_the_draft_is_shown_brings_it_up_anew(
    farm: Farm, account: Account, page: Callable[..., Revision]
) -> None:
    base = page()
    theirs = base.text.replace(*RIVALS["same section, another paragraph"])
    told: list[str] = []
    plans: list[Plan] = []
    act = meanwhile(lambda: farm.edit("en", base.title, theirs))
    publish(
        expansion(base, [ENDED, MUCH]), account, lambda plan: not plans.append(plan) and act(plan), tell=told.append
    )
    assert farm.text("en", base.title) == with_both(theirs)
    assert [plan.rebased for plan in plans] == [False, True]
    assert "was changed while the draft was shown" in told[0]


def test_an_own_edit_in_the_browser_meanwhile_is_kept_too(
    farm: Farm, account: Account, page: Callable[..., Revision]
) -> None:
    base = page()
    mine = base.text.replace(*RIVALS["another section"])
    publish(
        expansion(base, [ENDED, MUCH]), account, meanwhile(lambda: farm.edit("en", base.title, mine, user="Editor"))
    )
    assert farm.text("en", base.title) == with_both(mine)


def test_deleted_or_protected_while_the_draft_is_shown(
    farm: Farm, account: Account, page: Callable[..., Revision]
) -> None:
    base = page()
    with pytest.raises(EditConflict, match="was deleted"):
        publish(expansion(base, [ENDED]), account, meanwhile(lambda: farm.delete("en", base.title)))
    assert farm.history("en", base.title) == []
    base = page()
    with pytest.raises(EditRefused, match="is protected"):
        publish(expansion(base, [ENDED]), account, meanwhile(lambda: farm.protect("en", base.title)))
    assert farm.revision("en", base.title)["user"] == "Admin"


@pytest.mark.parametrize("name", ["a later sentence of the paragraph", "another section"])
def test_an_edit_at_the_very_same_moment(
    farm: Farm, account: Account, page: Callable[..., Revision], name: str
) -> None:
    """Between our last look and the wiki's: it refuses, or merges without loss."""
    base = page()
    now = account.look(base.title)
    theirs = base.text.replace(*RIVALS[name])
    farm.edit("en", base.title, theirs)
    try:
        account.save(Submission(now, with_both(base.text), "An edit"))
    except EditConflict:
        assert farm.text("en", base.title) == theirs
    else:
        assert farm.text("en", base.title) == with_both(theirs)


def test_a_page_deleted_at_the_very_same_moment(farm: Farm, account: Account, page: Callable[..., Revision]) -> None:
    base = page()
    now = account.look(base.title)
    farm.delete("en", base.title)
    with pytest.raises(EditConflict, match="was deleted"):
        account.save(Submission(now, with_both(base.text), "An edit"))
    assert farm.history("en", base.title) == []


def test_two_sources_whose_summaries_do_not_fit_one_become_two_edits(
    farm: Farm, account: Account, page: Callable[..., Revision]
) -> None:
    base = page()
    russian, tajik = ("ru", "Р" * 127, 11), ("tg", "Т" * 127, 12)
    passages = [
        Passage(ENDED.after, ENDED.wikitext, russian),
        Passage(ENDED.after, "A passage from the other source.", tajik),
        Passage(MUCH.after, MUCH.wikitext, tajik),
    ]
    first, second = publish(expansion(base, passages), account, yes)
    newest, older = farm.history("en", base.title)[:2]
    assert (newest["revid"], older["revid"]) == (second.revid, first.revid)
    assert f":ru:{russian[1]}" in older["comment"] and f":tg:{tajik[1]}" in newest["comment"]
    assert older["content"] == base.text.replace(ENDED.after, f"{ENDED.after} {ENDED.wikitext}")
    assert newest["content"] == with_both(base.text).replace(
        ENDED.wikitext, f"{ENDED.wikitext} A passage from the other source."
    )
    talk = farm.text("en", f"Talk:{base.title}")
    assert f"|ru|{russian[1]}|version=11|insertversion={first.revid}" in talk
    assert f"|tg|{tajik[1]}|version=12|insertversion={second.revid}" in talk


def test_an_edit_between_the_two_edits(farm: Farm, account: Account, page: Callable[..., Revision]) -> None:
    base = page()
    passages = [
        Passage(ENDED.after, ENDED.wikitext, ("ru", "Р" * 127, 11)),
        Passage(ENDED.after, "Short.", ("tg", "Т" * 127, 12)),
    ]
    change = RIVALS["another section"]

    def saved(published: object) -> None:
        farm.edit("en", base.title, farm.text("en", base.title).replace(*change))

    publish(expansion(base, passages), account, yes, saved=saved)
    text = base.text.replace(ENDED.after, f"{ENDED.after} {ENDED.wikitext} Short.").replace(*change)
    assert farm.text("en", base.title).startswith(text[: text.index("* [[Russia]]")])
    assert farm.text("en", base.title).count("Short.") == 1


def test_both_sources_in_one_summary(farm: Farm, account: Account, page: Callable[..., Revision]) -> None:
    base = page()
    (saved,) = publish(expansion(base, [ENDED, Passage(MUCH.after, MUCH.wikitext, TAJIK)]), account, yes)
    assert f":ru:{RUSSIAN[1]}" in saved.summary and f":tg:{TAJIK[1]}" in saved.summary
    assert farm.revision("en", base.title)["comment"] == saved.summary


def test_a_draft_that_would_break_a_reference_is_not_saved(
    farm: Farm, account: Account, page: Callable[..., Revision]
) -> None:
    from expander.errors import InputError

    base = page()
    broken = Passage(MUCH.after, 'A passage about money.<ref name="no such" />')
    with pytest.raises(InputError, match="no such"):
        publish(expansion(base, [broken]), account, yes)
    assert farm.revision("en", base.title)["revid"] == base.revid


def test_to_a_page_of_ones_own(farm: Farm, account: Account, page: Callable[..., Revision]) -> None:
    base = page()
    target = f"User:Editor/{base.title}"
    wishes = Wishes(target=target, may_be_llm=lambda engine: True)
    (saved,) = publish(expansion(base, [ENDED, MUCH]), account, yes, wishes)
    newest, first = farm.history("en", target)
    assert first["content"] == "{{LLM-assisted translation}}\n" + base.text
    assert f"Copied content from [[{base.title}]]" in first["comment"]
    assert newest["content"] == "{{LLM-assisted translation}}\n" + with_both(base.text)
    assert newest["comment"] == SUMMARY
    assert saved.talk == "" and farm.history("en", f"User talk:Editor/{base.title}") == []
    assert farm.revision("en", base.title)["revid"] == base.revid
    assert publish(expansion(base, [ENDED, MUCH]), account, yes, wishes) == ()


def test_a_talk_page_that_cannot_be_edited_costs_no_edit(
    farm: Farm, account: Account, page: Callable[..., Revision]
) -> None:
    base = page()
    farm.edit("en", f"Talk:{base.title}", "Talk.")
    farm.protect("en", f"Talk:{base.title}")
    (saved,) = publish(expansion(base, [ENDED]), account, yes)
    assert saved.talk_revid is None and "is protected" in saved.talk_trouble
    assert f"insertversion={saved.revid}" in saved.talk


def test_an_account_without_the_right_to_edit(farm: Farm, page: Callable[..., Revision]) -> None:
    base = page()
    reader = Account(
        "en", farm.endpoints["en"], BotPassword(*farm.create_bot_password("en", "Editor", "reader", "basic"))
    )
    with pytest.raises(EditRefused, match="bot password or token the right to edit"):
        publish(expansion(base, [ENDED]), reader, yes)
    assert TEXT.strip() == farm.text("en", base.title)
