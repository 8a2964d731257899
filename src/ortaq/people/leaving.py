"""Erasing an account: asked for twice, done after fourteen days, until then taken back with one button."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ortaq.engine import log
from ortaq.engine.models import Record
from ortaq.engine.problems import Problem, Problems
from ortaq.engine.traced import DRAFT, IN_REVIEW, PUBLISHED, WITHDRAWN, Traced
from ortaq.people.models import Deputy, Invitation, Leaving, Role, User

WAITS = timedelta(days=14)
TYPING = timedelta(minutes=15)  # between the password and the second step
SALT = "ortaq.people.leaving"


def unfinished(user: User) -> list[Record]:
    """Drafts and records in review of the account, in all organisations."""
    rows = Record.objects.filter(author=user.actor, state__in=(DRAFT, IN_REVIEW))
    return list(rows.order_by("owner", "updated"))


def first_step(user: User, password: str) -> str:
    """Proof for the second step that the password was right and nothing is unfinished. Raises Problems."""
    if not user.check_password(password):
        raise Problems([Problem("password", _("The password is not right."), path=("password",))])
    _nothing_unfinished(user)
    return TimestampSigner(salt=SALT).sign(str(user.pk))


def ask(user: User, proof: str, sure: bool) -> Leaving:
    """The account will be erased after fourteen days. Inverse, until then: stay. Raises Problems."""
    try:
        proven = TimestampSigner(salt=SALT).unsign(proof, max_age=TYPING)
    except BadSignature:
        proven = ""
    if proven != str(user.pk):
        raise Problems([Problem("password", _("Too much time has passed. Begin again."), path=("password",))])
    if not sure:
        raise Problems([Problem("sure", _("Tick the box that says what will happen."), path=("sure",))])
    _nothing_unfinished(user)
    asked, _new = Leaving.objects.get_or_create(user=user, defaults={"due": timezone.now() + WAITS})
    return asked


def _nothing_unfinished(user: User) -> None:
    if unfinished(user):
        message = _("You have unfinished records. Hand them over or withdraw them first.")
        raise Problems([Problem("drafts", message, path=("drafts",))])


def stay(user: User) -> bool:
    """Takes the request back; says whether there was one."""
    return bool(Leaving.objects.filter(user=user).delete()[0])


def waiting(user: User) -> Leaving | None:
    return Leaving.objects.filter(user=user).first()


def erase(user: User) -> None:
    """Ends what the account holds and removes it with everything that names it. No inverse: that is its purpose.

    The entries keep the opaque id, which from now on leads to nobody. A draft that was begun in the
    fourteen days stays with its organisation.
    """
    by = log.Behalf(log.node_id(), log.node_id())
    with transaction.atomic():
        roles: list[Traced] = list(Role.objects.filter(holder=user.actor, origin=by.actor, state=PUBLISHED))
        party = Q(principal=user.actor) | Q(deputy=user.actor)
        for thing in [*roles, *Deputy.objects.filter(party, origin=by.actor, state=PUBLISHED)]:
            thing.state = WITHDRAWN
            log.write(thing, "end", by)
        Invitation.objects.filter(email=user.email).delete()
        Invitation.objects.filter(inviter=user.actor, accepted=None, revoked=None).update(revoked=timezone.now())
        Session.objects.filter(session_key__in=sessions(user)).delete()
        user.delete()


def sessions(user: User) -> list[str]:
    """Keys of the running sessions of the account; what is in them is sealed, so each is opened."""
    rows = Session.objects.filter(expire_date__gt=timezone.now())
    return [row.session_key for row in rows.iterator() if row.get_decoded().get("_auth_user_id") == str(user.pk)]
