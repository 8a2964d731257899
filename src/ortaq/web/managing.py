"""What is done to a record beside its text: its state, who reads it, whose it is. One entry of ``ACTS`` an act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ortaq.engine import access, actions
from ortaq.engine.access import View
from ortaq.engine.models import Grant, Record, Request
from ortaq.engine.problems import Absent, Problem, Problems
from ortaq.engine.traced import DRAFT, ERASED, IN_REVIEW, MERGED, PUBLISHED, WITHDRAWN
from ortaq.people import account
from ortaq.people.actors import Member

Do = Callable[[Member, View, QueryDict], Any]
LIVING = (DRAFT, IN_REVIEW, PUBLISHED)


@dataclass(frozen=True)
class Act:
    """``verb`` is the right it needs, ``states`` where it makes sense; ``warning`` names what cannot be missed."""

    do: Do
    verb: str
    states: tuple[str, ...]
    title: Any
    button: Any
    done: Any
    help: Any = ""
    warning: Any = ""


def perform(reader: Member, view: View, name: str, form: QueryDict) -> Any:
    """Does the act called ``name`` and gives what to say; raises Problems, Forbidden, Absent."""
    act = ACTS.get(name)
    if act is None:
        raise Absent(name)
    if act.warning and form.get("sure") != "1":
        message = _("Tick the box that says what will happen, then press the button again.")
        raise Problems([Problem("sure", message, path=("sure",))])
    act.do(reader, view, form)
    return act.done


def possible(reader: Member, view: View) -> dict[str, Act]:
    """The acts that this reader may do to the record as it is."""
    record = view.record
    return {
        name: act
        for name, act in ACTS.items()
        if record.state in act.states and reader.may(act.verb, record) and (record.parts or "part" not in name)
    }


def requests(reader: Member, view: View) -> list[Request]:
    """Open requests about the record that the reader may see."""
    rows = access.visible(reader, Request).filter(target=view.record.id, confirmed=False).exclude(state=WITHDRAWN)
    return list(rows.order_by("created"))


def grants(reader: Member, view: View) -> list[Grant]:
    """Grants on the record that the reader may see and that were not taken back."""
    return list(access.visible(reader, Grant).filter(target=view.record.id, state=PUBLISHED).order_by("until"))


def audiences(view: View) -> list[tuple[str, Any]]:
    """(token, what it means) of the audiences that can be ticked."""
    partners = [(f"partner:{name}", _("authorities of the partner countries")) for name in settings.ORTAQ_PARTNERS]
    national = [(f"national:{code}", code) for code in settings.ORTAQ_COUNTRIES]
    return [
        ("public", _("everybody")),
        ("registered", _("everybody signed in")),
        ("professional", _("verified specialists")),
        *partners,
        *national,
    ]


def _reason(form: QueryDict) -> str:
    return form.get("reason", "")


def _tokens(form: QueryDict) -> list[str]:
    return [*form.getlist("token"), *form.get("tokens", "").replace(",", " ").split()]


def _part(view: View, form: QueryDict) -> str:
    part = form.get("part", "")
    if part and part not in view.record.parts:
        raise Absent(part)
    return part


def _until(form: QueryDict) -> datetime | None:
    """The end of the day typed, None for no day; raises Problems."""
    text = form.get("until", "").strip()
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise Problems(
            [Problem("until", _("Write the day as year-month-day, for instance 2027-03-31."), path=("until",))]
        )
    return datetime.combine(day, time.max.replace(microsecond=0), UTC)


def _found(reader: Member, text: str, name: str) -> UUID:
    found = access.find(reader, text.strip())
    if found is None:
        message = _("Nothing is known here as “%(value)s”. Give its permanent number, such as KZ-000123.")
        raise Problems([Problem("link", message, path=(name,), value=text)])
    return UUID(found)


def _submit(reader: Member, view: View, form: QueryDict) -> Any:
    return actions.submit(reader, view.record.id, reason=_reason(form))


def _publish(reader: Member, view: View, form: QueryDict) -> Any:
    return actions.publish(reader, view.record.id, reason=_reason(form))


def _withdraw(reader: Member, view: View, form: QueryDict) -> Any:
    return actions.withdraw(reader, Record, view.record.id, reason=_reason(form))


def _revert(reader: Member, view: View, form: QueryDict) -> Any:
    number = form.get("revision", "")
    if not (number.isascii() and number.isdigit()):
        raise Problems([Problem("revision", _("Choose a revision."), path=("revision",))])
    return actions.revert(reader, view.record.id, int(number), reason=_reason(form))


def _narrow(reader: Member, view: View, form: QueryDict) -> Any:
    part, until = _part(view, form), _until(form)
    return actions.narrow(reader, Record, view.record.id, _tokens(form), part=part, until=until, reason=_reason(form))


def _widen(reader: Member, view: View, form: QueryDict) -> Any:
    return actions.widen(reader, Record, view.record.id, _tokens(form), reason=_reason(form))


def _open_part(reader: Member, view: View, form: QueryDict) -> Any:
    part = _part(view, form)
    return actions.request_widening(reader, view.record.id, part, _tokens(form), reason=_reason(form))


def _grant(reader: Member, view: View, form: QueryDict) -> Any:
    until = _until(form)
    if until is None:
        raise Problems([Problem("until", _("A grant needs a last day."), path=("until",))])
    holder = _holder(reader, form.get("holder", "").strip())
    return actions.grant(reader, view.record.id, holder, until, part=_part(view, form), reason=_reason(form))


def _holder(reader: Member, text: str) -> str:
    if "@" not in text:
        return f"org:{_found(reader, text, 'holder')}"
    actor = account.actor_of_email(text)
    if actor is None:
        message = _("Nobody with the address “%(value)s” can read here. Ask for the address of the account.")
        raise Problems([Problem("holder", message, path=("holder",), value=text)])
    return f"actor:{actor}"


def _end_grant(reader: Member, view: View, form: QueryDict) -> Any:
    given = next((g for g in grants(reader, view) if str(g.id) == form.get("id")), None)
    if given is None:
        raise Absent("grant")
    return actions.withdraw(reader, Grant, given.id, reason=_reason(form))


def _transfer(reader: Member, view: View, form: QueryDict) -> Any:
    to = _found(reader, form.get("to", ""), "to")
    return actions.transfer(reader, Record, view.record.id, to, reason=_reason(form))


def _merge(reader: Member, view: View, form: QueryDict) -> Any:
    return actions.merge(reader, view.record.id, _found(reader, form.get("to", ""), "to"), reason=_reason(form))


def _erase(reader: Member, view: View, form: QueryDict) -> Any:
    typed = form.get("revisions", "").replace(",", " ").split()
    if not all(number.isascii() and number.isdigit() for number in typed):
        message = _("Write the numbers of revisions with spaces, or nothing for the whole record.")
        raise Problems([Problem("revisions", message, path=("revisions",))])
    numbers = [int(number) for number in typed] or None
    return actions.request_erasure(reader, Record, view.record.id, revisions=numbers, reason=_reason(form))


def _confirm(reader: Member, view: View, form: QueryDict) -> Any:
    asked = next((r for r in requests(reader, view) if str(r.id) == form.get("id")), None)
    if asked is None:
        raise Absent("request")
    return actions.confirm(reader, asked.id)


ACTS: dict[str, Act] = {
    "submit": Act(
        _submit,
        "submit",
        (DRAFT,),
        _("Send to review"),
        _("Submit for review"),
        _("Sent for review."),
        help=_("Somebody who may publish sees the record in their review queue."),
    ),
    "publish": Act(
        _publish,
        "publish",
        (DRAFT, IN_REVIEW, WITHDRAWN),
        _("Publish"),
        pgettext_lazy("button", "Publish"),
        _("Published."),
        help=_("The record gets its permanent number and is open to its audience."),
    ),
    "revert": Act(
        _revert,
        "revert",
        (DRAFT, PUBLISHED, MERGED),
        _("Return to an older revision"),
        _("Return to this revision"),
        _("The older text is a new revision now."),
        help=_("The older text becomes a new revision; nothing is lost from the history."),
    ),
    "widen": Act(
        _widen,
        "widen",
        LIVING,
        _("Show to more readers"),
        pgettext_lazy("button", "Show to more readers"),
        _("The record is open to more readers."),
        help=_("The audiences you tick are added. Closed parts stay closed."),
    ),
    "open_part": Act(
        _open_part,
        "widen",
        LIVING,
        _("Open a closed part"),
        _("Ask to open the part"),
        _("Asked. Somebody else from your organisation confirms it on this page."),
        help=_("Opening a closed part takes two people: you ask, another person confirms."),
    ),
    "narrow": Act(
        _narrow,
        "narrow",
        LIVING,
        _("Show to fewer readers"),
        pgettext_lazy("button", "Show to fewer readers"),
        _("Only the audiences named can read it now."),
        warning=_("Everybody else stops seeing it at once, in older revisions and in the search too."),
    ),
    "grant": Act(
        _grant,
        "grant",
        LIVING,
        _("Let somebody read until a day"),
        _("Give permission to read"),
        _("Permission was given."),
        help=_("Name one person by e-mail address or one organisation by its permanent number."),
    ),
    "end_grant": Act(_end_grant, "grant", LIVING, "", _("End this permission"), _("The permission has ended.")),
    "transfer": Act(
        _transfer,
        "transfer",
        LIVING,
        _("Transfer to another organisation"),
        _("Transfer the record"),
        _("The record belongs to the other organisation now."),
        warning=_("The other organisation decides about the record from now on; only it can give it back."),
    ),
    "merge": Act(
        _merge,
        "merge",
        (PUBLISHED,),
        _("Merge a duplicate"),
        _("Merge into the other record"),
        _("Merged. The number of this record leads to the other one."),
        warning=_("This record disappears from the search and its number leads to the other record."),
    ),
    "withdraw": Act(
        _withdraw,
        "withdraw",
        LIVING,
        _("Withdraw"),
        _("Withdraw this record"),
        _("Withdrawn. It can be published again."),
        warning=_(
            "The record is hidden from everyone outside your organisation, and links to it show no more. "
            "Its number stays reserved."
        ),
    ),
    "erase": Act(
        _erase,
        "erase",
        (*LIVING, WITHDRAWN),
        _("Erase"),
        _("Ask to erase"),
        _("Asked. Somebody else from your organisation confirms it on this page."),
        help=_("Erasing takes two people: you ask, another person confirms."),
        warning=_("What is erased cannot be brought back. Copies that others have taken are not in our hands."),
    ),
    "confirm": Act(
        _confirm,
        "widen",
        (*LIVING, WITHDRAWN, ERASED),
        "",
        pgettext_lazy("button", "Confirm"),
        _("Confirmed and done."),
        warning=_("I have read what is asked and want it done."),
    ),
}
