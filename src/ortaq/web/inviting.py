"""The page of invitations: one address, a table of addresses, and what waits for an answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from ortaq.engine.access import View
from ortaq.engine.problems import Absent, Problem, Problems
from ortaq.people import invitation_table, invitations, letters
from ortaq.people.actors import Member
from ortaq.people.invitation_table import Table
from ortaq.web import staff
from ortaq.web.writing import titled

Made = Any


@dataclass
class Outcome:
    """What one press of a button led to; ``table`` waits to be confirmed."""

    said: str = ""
    problems: list[Problem] = field(default_factory=list)
    table: Table | None = None


def act(reader: Member, view: View, form: QueryDict, files: MultiValueDict[str, Any], site: str) -> Outcome:
    """Does what one form asks. Raises Absent for an unknown one."""
    do, record = form.get("do", ""), view.record
    try:
        if do == "invite":
            cells = {name: form.get(name, "") for name in invitation_table.COLUMNS}
            made = [invitations.invite(reader, invitations.understand(reader, record, cells))]
        elif do == "again":
            made = [invitations.again(reader, record, form.get("id", ""))]
        elif do == "revoke":
            invitations.revoke(reader, record, form.get("id", ""))
            return Outcome(_("The invitation was taken back. Its link opens nothing any more."))
        elif do in ("check", "send"):
            return _table(reader, view, form, files, site)
        else:
            raise Absent(do)
    except Problems as wrong:
        return Outcome(problems=wrong.problems)
    except Problem as wrong:
        return Outcome(problems=[wrong])
    return Outcome(_sent(reader, view, made, site))


def _table(reader: Member, view: View, form: QueryDict, files: MultiValueDict[str, Any], site: str) -> Outcome:
    """A file is shown first; the text that was shown is what is sent, and only when no row is wrong."""
    if form["do"] == "check":
        file = files.get("file")
        if file is None:
            raise Problem("file", _("Choose a file."), path=("file",))
        text = invitation_table.decode(file.read(invitation_table.LARGEST + 1))
    else:
        text = form.get("text", "")
    table = invitation_table.read(reader, view.record, text)
    if form["do"] == "check" or table.errors:
        return Outcome(table=table)
    return Outcome(_sent(reader, view, invitations.invite_all(reader, table.wanted), site))


def _sent(reader: Member, view: View, made: list[Made], site: str) -> str:
    """Sends the letters, each in the language of who gets it, and says how many went."""
    gone = sum(letter(view, invitation, secret, site) for invitation, secret in made)
    if gone < len(made):
        return _("Some e-mails could not be sent. Send those invitations again from the list below.")
    return ngettext("%(count)s invitation was sent.", "%(count)s invitations were sent.", gone) % {"count": gone}


def letter(view: View, invitation: Made, secret: str, site: str) -> bool:
    language = invitation.language
    with override(language):
        link = site + reverse("invitation", args=[secret])
    values = {
        "organisation": titled(view, language)["text"],
        "role": staff.role(invitation.role, language),
        "link": link,
        "expires": invitation.expires,
    }
    return letters.send("invitation", invitation.email, language, values)


def page(reader: Member, view: View, form: QueryDict, outcome: Outcome) -> dict[str, Any]:
    """What the page shows."""
    record, table = view.record, outcome.table
    return staff.head(reader, view) | {
        "roles": [(code, staff.role(code, reader.lang)) for code in invitations.administered(reader, record)],
        "invitations": [_line(one, reader.lang) for one in invitations.listed(reader, record)],
        "problems": outcome.problems,
        "wrong": {str(p.path[0]): p.text for p in outcome.problems if p.path},
        "table": table,
        "rows": [_line(one, reader.lang) for one in table.wanted] if table else [],
        "columns": invitation_table.COLUMNS,
        "typed": form.dict() if outcome.problems else {},
    }


def _line(one: Any, lang: str) -> dict[str, Any]:
    """An invitation, written or only understood, as people read it."""
    return {
        "it": one,
        "role": staff.role(one.role, lang),
        "region": staff.region(one.region, lang),
    }


def offer(invitation: Any, view: View | None, lang: str) -> dict[str, Any]:
    """What the page behind the link says."""
    return {
        "invitation": invitation,
        "organisation": titled(view, lang) if view else None,
        "role": staff.role(invitation.role, lang),
        "region": staff.region(invitation.region, lang),
    }
