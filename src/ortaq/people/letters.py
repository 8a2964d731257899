"""Mail of the node: a template whose first line is the subject, in the language of who gets it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from smtplib import SMTPException
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override

log = logging.getLogger(__name__)


def send(template: str, to: str, language: str, values: Mapping[str, Any]) -> bool:
    """Sends one letter; says whether the mail server took it. Never inside a transaction."""
    with override(language):
        subject, _line, body = (
            render_to_string(f"ortaq/people/mail/{template}.txt", dict(values)).strip().partition("\n")
        )
    try:
        EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[to]).send()
    except (OSError, SMTPException) as error:
        log.error("A letter (%s) could not be sent: %s", template, type(error).__name__)
        return False
    return True
