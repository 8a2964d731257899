"""Specialists: somebody asks, an organisation confirms for a year. The confirmation is a role that ends by itself."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ortaq.engine import log
from ortaq.engine.actions.base import reason_text
from ortaq.engine.models import Record
from ortaq.engine.problems import Absent, Forbidden, Problem, Problems
from ortaq.engine.traced import PUBLISHED, WITHDRAWN
from ortaq.people.actions import behalf
from ortaq.people.actors import Member, running
from ortaq.people.models import Role, User, Verification

VALID, REMIND = timedelta(days=365), timedelta(days=30)
LONGEST = 500
ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")


def orcid(text: str) -> str:
    """An ORCID iD as four groups of four; its last sign proves the others (ISO 7064 MOD 11-2). Raises Problem."""
    written = re.sub(r"^https?://orcid\.org/", "", text.strip()).upper().replace("–", "-").replace(" ", "")
    if not written:
        return ""
    if len(written) == 16:
        written = "-".join(written[at : at + 4] for at in range(0, 16, 4))
    if not ORCID.fullmatch(written) or check_sign(written.replace("-", "")[:-1]) != written[-1]:
        message = _("This is not an ORCID iD. Copy it from your ORCID page: four groups of four characters.")
        raise Problem("orcid", message)
    return written


def check_sign(digits: str) -> str:
    """The sixteenth sign of an iD whose first fifteen are ``digits``."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


def ask(user: User, organisation: UUID, *, identifier: str, diploma: str, expertise: str) -> Verification:
    """A request that the organisation answers. Inverse: take_back. Raises Problems."""
    wrong, known = [], ""
    try:
        known = orcid(identifier)
    except Problem as problem:
        wrong.append(problem.at("orcid"))
    diploma, expertise = " ".join(diploma.split())[:LONGEST], " ".join(expertise.split())[:LONGEST]
    if not identifier.strip() and not diploma:
        wrong.append(
            Problem("proof", _("Give your ORCID iD or say which diploma or licence you have."), path=("orcid",))
        )
    if not expertise:
        wrong.append(Problem("expertise", _("Name your field, for instance stone conservation."), path=("expertise",)))
    if open_of(user):
        message = _("One of your requests is already waiting. Take it back to ask another organisation.")
        wrong.append(Problem("waiting", message, path=("organisation",)))
    if wrong:
        raise Problems(wrong)
    return Verification.objects.create(
        user=user, organisation=organisation, orcid=known, diploma=diploma, expertise=expertise
    )


def open_of(user: User) -> Verification | None:
    return Verification.objects.filter(user=user, decided=None).first()


def take_back(user: User) -> bool:
    """Removes the request that waits; says whether there was one."""
    return bool(Verification.objects.filter(user=user, decided=None).delete()[0])


def of(user: User) -> list[Verification]:
    return list(Verification.objects.filter(user=user).order_by("-asked"))


def may_verify(reader: Member, organisation: UUID, country: str) -> bool:
    return reader.may("verify", Role(owner=organisation, country=country))


def queue(reader: Member) -> list[Verification]:
    """What the reader may decide, the longest waiting first, never his own."""
    rows = Verification.objects.filter(decided=None)
    return _for(reader, list(rows.select_related("user").order_by("asked")))


def confirmed(reader: Member) -> list[Verification]:
    """Who was confirmed by an organisation of the reader and is a specialist now."""
    rows = Verification.objects.filter(confirmed=True, until__gt=timezone.now())
    return _for(reader, list(rows.select_related("user").order_by("until")))


def _for(reader: Member, rows: list[Verification]) -> list[Verification]:
    countries = dict(Record.objects.filter(id__in={row.organisation for row in rows}).values_list("id", "country"))
    others = [row for row in rows if row.user.actor != reader.id]
    return [row for row in others if may_verify(reader, row.organisation, countries.get(row.organisation, ""))]


def decide(reader: Member, id_: UUID, confirm: bool, *, reason: str) -> Verification:
    """Confirms for a year, or refuses with a reason. Inverse: revoke, or asking anew. Raises Absent, Problems."""
    found = next((row for row in queue(reader) if row.id == id_), None)
    if found is None:
        raise Absent("verification")
    text, now = reason_text(reason, needed=not confirm), timezone.now()
    with transaction.atomic():
        if not Verification.objects.filter(id=found.id, decided=None).update(decided=now):
            raise Absent("verification")
        found.decided, found.decider, found.confirmed, found.reason = now, reader.id, confirm, text
        if confirm:
            # the older confirmation ends where the new one begins
            Verification.objects.filter(user=found.user, confirmed=True, until__gt=now).update(until=now)
            found.until = now + VALID
            _give(reader, found, found.until)
        found.save()
    return found


def _give(reader: Member, found: Verification, until: datetime) -> None:
    """The role of a specialist, or a later end for the one that runs already."""
    role = running().filter(holder=found.user.actor, role="specialist", until__isnull=False).first()
    country = Record.objects.filter(id=found.organisation).values_list("country", flat=True).first() or ""
    action = "extend" if role else "assign"
    role = role or Role(
        id=uuid4(),
        origin=log.node_id(),
        author=reader.id,
        holder=found.user.actor,
        role="specialist",
        audience=[f"actor:{found.user.actor}"],
    )
    role.owner, role.country, role.until = found.organisation, country, until
    log.write(role, action, behalf(reader))


def revoke(reader: Member, id_: UUID, *, reason: str) -> None:
    """Ends a confirmation before its year is over. Inverse: asking and confirming anew. Raises Absent, Problems."""
    found = next((row for row in confirmed(reader) if row.id == id_), None)
    if found is None:
        raise Absent("verification")
    text = reason_text(reason, needed=True)
    with transaction.atomic():
        rows = Role.objects.select_for_update().filter(
            holder=found.user.actor, role="specialist", owner=found.organisation, state=PUBLISHED
        )
        for role in rows:
            role.state, role.until, role.reason = WITHDRAWN, timezone.now(), text
            log.write(role, "end", behalf(reader))
        Verification.objects.filter(id=found.id).update(until=timezone.now(), reason=text)


def holds(person: UUID) -> bool:
    """Whether the person's account is that of a specialist now. Never said of who took his name out of the public."""
    actors = User.objects.filter(person=person, is_active=True).values("actor")
    return running().filter(holder__in=actors, role="specialist").exists()


def require_queue(reader: Member) -> None:
    """Raises Forbidden for who confirms nobody."""
    from ortaq.people.rights import RIGHTS

    if not any("verify" in RIGHTS[held.role] for held in reader.roles):
        raise Forbidden("verify")
