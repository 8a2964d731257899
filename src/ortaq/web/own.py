"""The pages about oneself: asking to be confirmed as a specialist, one's data, leaving."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from ortaq.engine import access
from ortaq.engine.problems import Absent, Problem, Problems
from ortaq.people import leaving, letters, members, verification
from ortaq.people.actors import Member
from ortaq.web.staffing import author
from ortaq.web.writing import titled

MANY = 200


def specialist_page(reader: Member, user: Any, form: QueryDict, problems: list[Problem]) -> dict[str, Any]:
    rows = verification.of(user)
    return {
        "rows": _titled(reader, rows),
        "waiting": any(row.decided is None for row in rows),
        "problems": problems,
        "wrong": {str(p.path[0]): p.text for p in problems if p.path},
        "typed": form.dict() if problems else {},
    }


def _titled(reader: Member, rows: list[Any]) -> list[dict[str, Any]]:
    """Requests with the names of their organisations."""
    wanted = access.visible(reader).filter(id__in={row.organisation for row in rows})
    titles = {view.record.id: titled(view, reader.lang) for view in access.views(reader, list(wanted))}
    return [{"it": row, "organisation": titles.get(row.organisation)} for row in rows]


def ask(reader: Member, user: Any, form: QueryDict) -> str:
    """Asks to be confirmed, or takes that back. Raises Absent, Problems."""
    if form.get("do") == "take_back":
        if not verification.take_back(user):
            raise Absent("verification")
        return _("The request was taken back.")
    found = access.find(reader, form.get("organisation", "").strip())
    if found is None or not members.is_organisation(access.get(reader, UUID(found)).record):
        message = _("Give the permanent number of an organisation that knows you, such as KZ-000123.")
        raise Problems([Problem("organisation", message, path=("organisation",))])
    verification.ask(
        user,
        UUID(found),
        identifier=form.get("orcid", ""),
        diploma=form.get("diploma", ""),
        expertise=form.get("expertise", ""),
    )
    return _("Asked. You get the status when the organisation has confirmed it.")


def queue_page(reader: Member, form: QueryDict, problems: list[Problem]) -> dict[str, Any]:
    verification.require_queue(reader)
    return {
        "queue": _titled(reader, verification.queue(reader)[:MANY]),
        "confirmed": _titled(reader, verification.confirmed(reader)[:MANY]),
        "problems": problems,
        "typed": form.dict() if problems else {},
    }


def decide(reader: Member, form: QueryDict) -> str:
    """Raises Absent, Forbidden, Problems."""
    verification.require_queue(reader)
    do, id_, reason = form.get("do", ""), author(form.get("id", "")), form.get("reason", "")
    if do == "revoke":
        verification.revoke(reader, id_, reason=reason)
        return _("The status has ended.")
    if do not in ("confirm", "refuse"):
        raise Absent(do)
    verification.decide(reader, id_, do == "confirm", reason=reason)
    return _("Confirmed for a year.") if do == "confirm" else _("Refused with your reason.")


def data_page(reader: Member, user: Any, form: QueryDict, proof: str, problems: list[Problem]) -> dict[str, Any]:
    """``proof`` shows the second step of leaving."""
    drafts = leaving.unfinished(user)
    views = access.views(reader, list(access.visible(reader).filter(id__in=[record.id for record in drafts])))
    seen = {view.record.id for view in views}
    return {
        "leaving": leaving.waiting(user),
        "drafts": [{"it": view, "title": titled(view, reader.lang)} for view in views],
        "elsewhere": len([record for record in drafts if record.id not in seen]),
        "proof": proof,
        "problems": problems,
    }


def leave(user: Any, form: QueryDict, site: str) -> tuple[str, str]:
    """(what to say, proof for the second step). Raises Absent, Problems."""
    do = form.get("do", "")
    if do == "prepare":
        return "", leaving.first_step(user, form.get("password", ""))
    if do == "stay" and leaving.stay(user):
        return _("Taken back. Your account stays."), ""
    if do != "leave":
        raise Absent(do)
    asked = leaving.ask(user, form.get("proof", ""), form.get("sure") == "1")
    with override(user.language):
        values = {"due": asked.due, "link": site + reverse("own_data")}
    letters.send("leaving", user.email, user.language, values)
    return _("Asked. Until the day named below you can take it back."), ""
