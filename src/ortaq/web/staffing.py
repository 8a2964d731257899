"""The pages of members, of their drafts, and of deputies."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ortaq.engine import access
from ortaq.engine.access import View
from ortaq.engine.problems import Absent, Forbidden, Problem, Problems
from ortaq.people import account, actions, days, deputies, invitations, members
from ortaq.people.actors import Member
from ortaq.web import staff
from ortaq.web.writing import organisations, titled


def may_look(reader: Member, view: View) -> None:
    """Members see each other; so does who gives roles here. Raises Forbidden."""
    if f"org:{view.record.id}" not in reader.tokens and not invitations.administered(reader, view.record):
        raise Forbidden("members")


def members_page(reader: Member, view: View, form: QueryDict, problems: list[Problem]) -> dict[str, Any]:
    """Each role with its end, and what the reader may do about it; addresses only for who gives roles."""
    held, deputed = members.running(view.record.id), deputies.within(view.record.id)
    head = staff.head(reader, view)
    everybody = [*(role.holder for role in held), *(a for row in deputed for a in (row.principal, row.deputy))]
    names = staff.names(reader, everybody, addresses=_leads(reader, view))
    rows = [
        {
            "it": role,
            "name": names[role.holder],
            "own": role.holder == reader.id,
            "role": staff.role(role.role, reader.lang),
            "region": staff.region(role.region, reader.lang),
            "may_change": reader.may_give(role),
            "refused": bool(problems) and form.get("id") == str(role.id),
        }
        for role in held
    ]
    standing_in = [{"it": row, "name": names[row.deputy], "instead_of": names[row.principal]} for row in deputed]
    return head | {
        "rows": rows,
        "standing_in": standing_in,
        "problems": problems,
        "typed": form.dict() if problems else {},
    }


def change_role(reader: Member, view: View, form: QueryDict) -> str:
    """Ends or extends a role of this organisation. Raises Absent, Forbidden, Problems."""
    role = next((one for one in members.running(view.record.id) if str(one.id) == form.get("id")), None)
    if role is None:
        raise Absent("role")
    reason = form.get("reason", "")
    if form.get("do") == "end":
        actions.end_role(reader, role.id, reason=reason)
        return _("The role has ended.")
    if form.get("do") != "extend":
        raise Absent("do")
    try:
        until = days.end_of(form.get("until", ""))
    except Problem as problem:
        raise Problems([problem.at("until")]) from None
    actions.extend_role(reader, role.id, until, reason=reason)
    return _("The role has a new last day.")


def author(text: str) -> UUID:
    """The member named in the address. Raises Absent."""
    try:
        return UUID(text)
    except ValueError:
        raise Absent("member") from None


def may_hand_over(reader: Member, view: View, of: UUID) -> None:
    """One's own drafts, or those of others for who looks after the members here. Raises Forbidden."""
    if of != reader.id and not _leads(reader, view):
        raise Forbidden("hand_over")


def _leads(reader: Member, view: View) -> bool:
    """Whether he gives roles here as one of the organisation or of its country, not as the operator of the node."""
    led = any(held.role in ("org_admin", "country_admin") for held in reader.roles)
    return led and bool(invitations.administered(reader, view.record))


def drafts_page(reader: Member, view: View, of: UUID, form: QueryDict, problems: list[Problem]) -> dict[str, Any]:
    found = members.drafts(reader, of, view.record.id)
    colleagues = [actor for actor in members.of(view.record.id) if actor != of]
    names = staff.names(reader, [of, *colleagues], addresses=_leads(reader, view))
    return staff.head(reader, view) | {
        "of": of,
        "name": names[of],
        "drafts": [{"it": draft, "title": titled(draft, reader.lang)} for draft in found],
        "colleagues": _called(colleagues, names),
        "chosen": form.getlist("chosen") if problems else [str(draft.record.id) for draft in found],
        "problems": problems,
        "typed": form.dict() if problems else {},
    }


def _called(actors: list[UUID], names: dict[UUID, str]) -> list[tuple[UUID, str]]:
    """Those who can be chosen by name; the others are chosen by address."""
    return [(actor, names[actor]) for actor in actors if names[actor] != staff.code(actor)]


def _colleague(form: QueryDict, name: str) -> UUID:
    """Who was chosen by name or by address; whether an unknown address has an account is not said. Raises Problems."""
    if address := form.get("address", "").strip():
        return account.actor_of_email(address) or UUID(int=0)
    if not form.get(name):
        raise Problems([Problem("deputy", _("Choose a colleague by name or by address."), path=(name,))])
    return author(form.get(name, ""))


def hand_over(reader: Member, view: View, of: UUID, form: QueryDict) -> str:
    """Raises Absent, Forbidden, Problems."""
    chosen, to = [author(text) for text in form.getlist("chosen")], _colleague(form, "to")
    count = members.hand_over(reader, chosen, of, to, view.record.id, reason=form.get("reason", ""))
    said = ngettext("%(count)s draft was handed over.", "%(count)s drafts were handed over.", count)
    return said % {"count": count}


def deputies_page(reader: Member, form: QueryDict, problems: list[Problem]) -> dict[str, Any]:
    """Who stands in for me and for whom I stand in; whom I may name, by organisation."""
    now, rows = timezone.now(), deputies.of(reader.id) if reader.id else []
    own = {held.organisation for held in reader.roles if held.organisation and held.instead_of is None}
    homes = [row for row in organisations(reader) if UUID(row["id"]) in own]
    colleagues = {row["id"]: [a for a in members.of(UUID(row["id"])) if a != reader.id] for row in homes}
    everybody = {a for found in colleagues.values() for a in found} | {x for r in rows for x in (r.principal, r.deputy)}
    names = staff.names(reader, everybody)
    titles = {str(v.record.id): titled(v, reader.lang) for v in _homes(reader, rows)}
    return {
        "rows": [
            {
                "it": row,
                "mine": row.principal == reader.id,
                "name": names[row.deputy if row.principal == reader.id else row.principal],
                "organisation": titles.get(str(row.organisation)),
                "now": row.start <= now,
            }
            for row in rows
        ],
        "homes": [{**row, "colleagues": _called(colleagues[row["id"]], names)} for row in homes],
        "problems": problems,
        "typed": form.dict() if problems else {},
    }


def _homes(reader: Member, rows: list[Any]) -> list[View]:
    return access.views(reader, list(access.visible(reader).filter(id__in={row.organisation for row in rows})))


def deputise(reader: Member, form: QueryDict) -> str:
    """Names or ends a deputy. Raises Absent, Forbidden, Problems."""
    if form.get("do") == "end":
        deputies.end(reader, author(form.get("id", "")))
        return _("Nobody stands in any more.")
    to, home = _colleague(form, "deputy"), author(form.get("organisation", ""))
    try:
        start, until = days.begin_of(form.get("start", "")), days.end_of(form.get("until", ""))
    except Problem as problem:
        raise Problems([problem.at("until")]) from None
    if start is None or until is None:
        raise Problems([Problem("until", _("Give the first and the last day."), path=("until",))])
    deputies.name(reader, to, home, start=start, until=until, reason=form.get("reason", ""))
    return _("Your deputy has been named.")
