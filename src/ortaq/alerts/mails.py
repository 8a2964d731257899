"""Letters about reports: a link and nothing about place or sender for those who work, the answer for the sender."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, override

from ortaq.alerts import states
from ortaq.alerts.access import responsible_for
from ortaq.alerts.models import Alert, Sender


def site(request: HttpRequest) -> str:
    """Where links in letters begin: the public address of the node."""
    return settings.ORTAQ_ADDRESS.rstrip("/") or request.build_absolute_uri("/").rstrip("/")


def to_responsible(base: str) -> Callable[[Alert], None]:
    """Tells those who answer for the object that a report waits, each in his language."""

    def tell(alert: Alert) -> None:
        for holder in responsible_for(alert):
            with override(holder.language):
                link = base + reverse("alert", args=[alert.id])
                lines = (gettext("Damage to a heritage object was reported. You answer for it. Read the report:"), link)
                send(gettext("A report of damage is waiting for you"), lines, holder.email)

    return tell


def to_sender(alert: Alert) -> None:
    """Tells the sender, if he left an address, what is said to him now; his link is known to him alone."""
    sender = Sender.objects.filter(alert=alert).exclude(email="").first()
    if sender is None:
        return
    said = alert.outcome if alert.status not in states.OPEN else alert.answer
    with override(sender.language):
        status = gettext("State of the report: %(state)s") % {"state": states.STATUS[alert.status]}
        more = gettext("The secret link that you got when you sent the report shows its state at any time.")
        send(gettext("An answer to your report of damage"), (status, said.get("text", ""), more), sender.email)


def link_to_sender(email: str, link: str) -> None:
    """Sends the secret link in the language of the page."""
    lines = (
        gettext("Thank you. Your report of damage has arrived. This link shows its state and the answer to you alone:"),
        link,
        gettext("If you did not send a report, somebody mistyped an address: delete this e-mail."),
    )
    send(gettext("Your report of damage"), lines, email)


def send(subject: str, lines: tuple[str, ...], to: str) -> None:
    send_mail(subject, "\n\n".join(line for line in lines if line) + "\n", None, [to])
