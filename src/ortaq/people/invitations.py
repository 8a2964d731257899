"""Invitations by e-mail: a role that waits behind a link which works once, for fourteen days.

Taking one back is its inverse; sending it again draws a new link and ends the old one. What is written here says
nothing about whether an address has an account.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ortaq.engine import terms
from ortaq.engine.fields.unit import UNITS
from ortaq.engine.models import Record
from ortaq.engine.problems import Absent, Forbidden, Problem, Problems
from ortaq.people import actions, consent, days
from ortaq.people.actors import Member, member
from ortaq.people.models import Invitation, Role, User
from ortaq.people.rights import MEMBERS, RIGHTS

RUNS = timedelta(days=14)
INVITED = MEMBERS | {"council_member", "moderator"}  # a specialist is confirmed instead, everybody else registers
BYTES = 24  # of a link: 192 random bits


@dataclass(frozen=True)
class Wanted:
    """One invitation as it was understood, not yet written."""

    email: str
    role: str
    region: str
    language: str
    until: datetime | None
    given: Role


def administered(reader: Member, organisation: Record) -> list[str]:
    """The roles that ``reader`` may give in an organisation, in the order of the table; empty for who may not."""
    return [role for role in RIGHTS if role in INVITED and reader.may_give(_sample(organisation, role))]


def _sample(organisation: Record, role: str) -> Role:
    return Role(owner=organisation.id, organisation=organisation.id, country=organisation.country, role=role)


def understand(giver: Member, organisation: Record, cells: Mapping[str, str]) -> Wanted:
    """What a form or a row of a table asks for: codes or names as people write them. Raises Problems."""
    wrong: list[Problem] = []

    def read(column: str, how: Any, *more: Any) -> Any:
        try:
            return how(cells.get(column, "").strip(), *more)
        except Problem as problem:
            wrong.append(problem.at(column))
            return None

    email, role = read("email", _email), read("role", _role, administered(giver, organisation))
    region = read("region", _unit, organisation.country)
    language, until = read("language", _language, giver.lang), read("until", days.end_of)
    if until is not None and until <= timezone.now():
        wrong.append(Problem("until", _("The last day must be in the future."), path=("until",)))
    if not wrong and _open(organisation).filter(email=email, role=role, region=region).exists():
        message = _("This address is invited to this role already. Send that invitation again.")
        wrong.append(Problem("invited", message, path=("email",)))
    if wrong:
        raise Problems(wrong)
    given = actions.role_for(giver, uuid4(), role, organisation=organisation.id, region=region, until=until)
    return Wanted(email, role, region, language, until, given)


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise Problem("email", _("This is not an e-mail address. Write it as name@example.org.")) from None
    return text.lower()


def _role(text: str, known: list[str]) -> str:
    found = {t.code for t in terms.source().find("platform_role", text)} | {text}
    chosen = [code for code in known if code in found]
    if len(chosen) != 1:
        message = _("This is not a role that you may give here. Choose one of: %(known)s")
        names = [terms.label("platform_role", code, get_language() or "en") for code in known]
        raise Problem("role", message, known=", ".join(names))
    return chosen[0]


def _unit(text: str, country: str) -> str:
    if not text:
        return ""
    found = {unit.code for unit in terms.source().find(UNITS, text)}
    own = sorted(code for code in found if not country or code.startswith(f"{country.lower()}-"))
    if len(own) != 1:
        raise Problem("region", _("This is not one region of this country. Write its name in full or its code."))
    return own[0]


def _language(text: str, otherwise: str) -> str:
    names = {name.lower(): code for code, name in settings.LANGUAGES}
    code = names.get(text.lower(), text.lower()) or otherwise
    if code not in dict(settings.LANGUAGES):
        known = ", ".join(code for code, _name in settings.LANGUAGES)
        raise Problem("language", _("Write the language as one of: %(known)s"), known=known)
    return code


def invite(giver: Member, wanted: Wanted) -> tuple[Invitation, str]:
    """The invitation and the secret of its link, which is kept nowhere. Raises Forbidden."""
    organisation = wanted.given.organisation
    if giver.id is None or organisation is None or not giver.may_give(wanted.given):
        raise Forbidden("assign")
    secret = secrets.token_urlsafe(BYTES)
    made = Invitation.objects.create(
        digest=actions.digest(secret),
        email=wanted.email,
        role=wanted.role,
        organisation=organisation,
        country=wanted.given.country,
        region=wanted.region,
        until=wanted.until,
        language=wanted.language,
        inviter=giver.id,
        expires=timezone.now() + RUNS,
    )
    return made, secret


def invite_all(giver: Member, wanted: list[Wanted]) -> list[tuple[Invitation, str]]:
    """All of them or none."""
    with transaction.atomic():
        return [invite(giver, one) for one in wanted]


def listed(reader: Member, organisation: Record) -> list[Invitation]:
    """Invitations nobody has accepted, the newest first. To assign anywhere is no reading: there one sees his own."""
    rows = Invitation.objects.filter(organisation=organisation.id, accepted=None, revoked=None).order_by("-created")
    close = f"org:{organisation.id}" in reader.tokens or any(
        held.role == "country_admin" and held.country == organisation.country for held in reader.roles
    )
    return [one for one in rows if close or one.inviter == reader.id]


def _open(organisation: Record) -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(organisation=organisation.id, accepted=None, revoked=None)
    return rows.filter(expires__gt=timezone.now())


def revoke(reader: Member, organisation: Record, id_: str) -> None:
    """Ends an invitation: its link opens nothing from now on. Inverse: a new invitation. Raises Absent."""
    found = _own(reader, organisation, id_)
    Invitation.objects.filter(id=found.id, accepted=None).update(revoked=timezone.now())


def again(reader: Member, organisation: Record, id_: str) -> tuple[Invitation, str]:
    """A new link for fourteen days; the old one opens nothing any more. Raises Absent."""
    found, secret = _own(reader, organisation, id_), secrets.token_urlsafe(BYTES)
    found.digest, found.expires = actions.digest(secret), timezone.now() + RUNS
    found.inviter = reader.id or found.inviter
    found.save(update_fields=["digest", "expires", "inviter"])
    return found, secret


def _own(reader: Member, organisation: Record, id_: str) -> Invitation:
    found = next((one for one in listed(reader, organisation) if str(one.id) == id_), None)
    if found is None or found.role not in administered(reader, organisation):
        raise Absent("invitation")
    return found


def behind(secret: str) -> Invitation:
    """The open invitation behind a link; unknown, used, ended and taken back look the same: Absent."""
    rows = Invitation.objects.filter(digest=actions.digest(secret), accepted=None, revoked=None)
    found = rows.filter(expires__gt=timezone.now()).first()
    if found is None:
        raise Absent("invitation")
    return found


def make_account(invitation: Invitation, password: str, accepted: bool) -> None:
    """An account for the address of the link, when it has none; says nothing about which it was. Raises Problems."""
    if not accepted:
        message = _("Tick the box: an account needs your agreement to the terms of use.")
        raise Problems([Problem("terms", message, path=("terms",))])
    actions.check_password(password)
    if User.objects.filter(email=invitation.email).exists():
        make_password(password)  # takes as long as making the account
        return
    user = actions.add_user(invitation.email, password, language=invitation.language)
    consent.accept(user, invitation.language)


def accept(user: User, invitation: Invitation) -> Role:
    """The role for the account of the invited address, once. Raises Absent when the inviter may no longer give it."""
    giver = inviter(invitation.inviter)
    if user.email != invitation.email or giver is None:
        raise Absent("invitation")
    with transaction.atomic():
        taken = Invitation.objects.filter(id=invitation.id, accepted=None, revoked=None)
        if not taken.update(accepted=timezone.now()):
            raise Absent("invitation")
        try:
            return actions.give_role(
                giver,
                user,
                invitation.role,
                organisation=invitation.organisation,
                country=invitation.country,
                region=invitation.region,
                until=invitation.until,
            )
        except Forbidden:
            raise Absent("invitation") from None


def inviter(actor: UUID) -> Member | None:
    user = User.objects.filter(actor=actor, is_active=True).first()
    return member(user) if user else None
