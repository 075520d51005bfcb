"""Why a wiki refused an edit, in words and with a way on.

Codes: https://www.mediawiki.org/wiki/API:Edit#Possible_errors and those of the extensions that Wikipedia runs.
"""

from __future__ import annotations

from expander.errors import EditConflict, EditRefused, ExpanderError
from expander.wiki.replies import ApiError

# {title} is the page's, {said} what the wiki says itself.
_SENTENCES = {
    "protectedpage": "“{title}” is protected",
    "cascadeprotected": "“{title}” is protected through a page that includes it",
    "protectednamespace": "Pages such as “{title}” may be edited by some users only",
    "protectedtitle": "The title “{title}” is protected against creation",
    "titleblacklist-forbidden": "The wiki forbids the title “{title}”",
    "abusefilter-disallowed": "An edit filter of the wiki refuses the text: {said}",
    "abusefilter-warning": "An edit filter of the wiki warns of the text: {said}",
    "ratelimited": "The wiki limits how often you may edit",
    "readonly": "The wiki cannot be edited just now: {said}",
    "badtoken": "The wiki lost our session",
    "assertuserfailed": "The wiki does not know us any more",
    "assertnameduserfailed": "The wiki takes us for somebody else",
    "permissiondenied": "Your account may not edit “{title}” so: {said}",
    "writeapidenied": "Your account may not edit through the API",
    "noedit": "“{title}” cannot be edited without an account",
    "contenttoobig": "The page would become larger than the wiki allows",
    "articleexists": "“{title}” exists already",
    "mwoauth-invalid-authorization": "The wiki does not accept the access token",
}
_WAYS_ON = {
    "protectedpage": "propose the text on its talk page with {{edit protected}}",
    "cascadeprotected": "propose the text on its talk page",
    "protectednamespace": "choose another page with --target",
    "protectedtitle": "choose another page with --target",
    "titleblacklist-forbidden": "choose another page with --target",
    "abusefilter-disallowed": "change what it names, or report a mistake at Wikipedia:Edit filter/False positives",
    "abusefilter-warning": "look at what it names; if all is well, publish with --despite-warning",
    "ratelimited": "publish again in some minutes",
    "readonly": "publish again later",
    "badtoken": "publish again",
    "assertuserfailed": "publish again",
    "assertnameduserfailed": "publish again",
    "permissiondenied": "give the bot password or token the right to edit existing pages",
    "writeapidenied": "give the bot password or token the right to edit",
    "noedit": "give a bot password or token",
    "contenttoobig": "publish fewer passages",
    "articleexists": "choose another page with --target",
    "mwoauth-invalid-authorization": "make a new one",
}
_CONFLICTS = {
    "editconflict": "“{title}” was changed at the same moment; nothing was saved: publish again.",
    "missingtitle": "“{title}” was deleted; nothing was saved: read the wiki's deletion log.",
    "pagedeleted": "“{title}” was deleted; nothing was saved: read the wiki's deletion log.",
}


def refusal(title: str, error: ApiError) -> ExpanderError:
    """The API's error as EditConflict where the page changed, else as EditRefused."""
    code = error.code
    if code in _CONFLICTS:
        return EditConflict(_CONFLICTS[code].format(title=title))
    if "blocked" in code:
        return EditRefused(_blocked(error), code)
    if code == "spamblacklist":
        which = ", ".join(error.spamblacklist.matches) if error.spamblacklist else _said(error)
        return EditRefused(
            f"The wiki's spam list forbids an address in the text ({which}); nothing was saved: remove what has it.",
            code,
        )
    known = code if code in _SENTENCES else "abusefilter-disallowed" if code.startswith("abusefilter-") else ""
    if not known:
        return EditRefused(f"The wiki refuses to save “{title}” ({code}): {_said(error)}.", code)
    sentence = _SENTENCES[known].format(title=title, said=_said(error))
    return EditRefused(f"{sentence}; nothing was saved: {_WAYS_ON[known]}.", code)


def captcha(title: str) -> EditRefused:
    """The wiki wants to see a person."""
    return EditRefused(
        f"The wiki asks for a captcha before it saves “{title}”, which only a browser can show; nothing was saved: "
        "paste the draft into the page's edit form, or use an account that is old enough to need none.",
        "captcha",
    )


def _blocked(error: ApiError) -> str:
    info = error.block
    who = f" by {info.blockedby}" if info and info.blockedby else ""
    until = f" until {info.blockexpiry}" if info and info.blockexpiry[:4].isdecimal() else ""
    reason = f" ({_short(info.blockreason)})" if info and info.blockreason.strip() else ""
    return (
        f"Your account or address is blocked{who}{until}{reason}; nothing was saved: your talk page on the wiki says "
        "how to appeal."
    )


def _said(error: ApiError) -> str:
    """The wiki's own words."""
    return _short(error.readonlyreason or error.info or error.text or error.code)


def _short(words: str) -> str:
    return " ".join(words.split()).rstrip(".")[:400]
