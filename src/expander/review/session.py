"""The terminal review: one passage at a time, every decision kept at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from expander.errors import ExpanderError, StorageError
from expander.proposals.expansion import Expansion
from expander.review import screen
from expander.review.actions import ACTIONS
from expander.review.desk import DecidedElsewhere, Desk, Folder, Helpers
from expander.review.keys import Keys
from expander.review.unmodified import unmodified

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_PROMPTED = ("a", "e", "r", "n", "b", "s", "w", "c")


def session(folder: Folder, console: Console, keys: Keys, helpers: Helpers | None = None) -> Expansion:
    """Review the passages of ``folder`` until the editor quits or the input ends; returns what is kept then.

    Raises StorageError where decisions cannot be kept, KeyboardInterrupt for Ctrl-C (what was decided is kept).
    """
    desk = Desk(folder, console, keys, helpers or Helpers())
    if not desk.expansion.proposals:
        desk.say("There is nothing to review: English has everything that the counterparts have.")
        return desk.expansion
    _review(desk)
    for sentence in screen.summary(desk.expansion, unmodified(desk.expansion)):
        desk.say(sentence)
    return desk.expansion


def _review(desk: Desk) -> None:
    shows = True
    while True:
        if shows:
            desk.show()
        desk.console.print(_prompt(desk), end="")
        try:
            key = desk.keys.key()
            desk.say(key)
            if key in {"q", "Q"}:
                return
            shows = _act(desk, key)
        except EOFError:
            desk.say("")
            return


def _act(desk: Desk, key: str) -> bool:
    """Do what the key says; whether the passage must be shown again."""
    action = ACTIONS.get(key)
    if action is None:
        desk.say("That key does nothing here; ? shows the keys.")
        return False
    try:
        return action.do(desk)
    except DecidedElsewhere:
        desk.refresh(desk.folder.load())
        desk.say("It was changed in another review meanwhile; look again.", "yellow")
        return True
    except StorageError:
        raise
    except ExpanderError as error:
        desk.refresh(desk.folder.load())
        desk.say(str(error), "yellow")
        return False


def _prompt(desk: Desk) -> Text:
    """The keys that matter most, with their names as far as one line holds them."""
    place = f"({desk.at + 1}/{len(desk.expansion.proposals)}) "
    names = [f"{key} {ACTIONS[key].name}" for key in _PROMPTED]
    for named in range(len(names), -1, -1):
        line = f"{place}{', '.join((*names[:named], *_PROMPTED[named:], '? help', 'q quit'))} › "
        if len(line) < desk.console.width:
            break
    return screen.text(line, "bold")
