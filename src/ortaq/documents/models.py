"""Files that somebody asked for. They are his alone, write no entry and never travel."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from ortaq.engine.ids import uuid7

WAITING, RUNNING, DONE, FAILED, CANCELLED, EXPIRED = "waiting", "running", "done", "failed", "cancelled", "expired"
UNDER_WAY = (WAITING, RUNNING)


class Export(models.Model):
    """One search result on its way to be a file, or the file.

    ``query`` is what stands behind the ? of the search page, ``organisation`` the one its owner acts for. The file
    was read with ``tokens`` from the log as it stood at ``position``: what is checked before it is given out.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    organisation = models.UUIDField(null=True)
    language = models.CharField(max_length=5)
    format = models.CharField(max_length=8)
    query = models.TextField()
    site = models.CharField(max_length=300)
    state = models.CharField(max_length=10, default=WAITING, db_index=True)
    count = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    tokens = models.JSONField(default=list)
    position = models.BigIntegerField(default=0)
    problem = models.CharField(max_length=300, default="")
    created = models.DateTimeField(auto_now_add=True)
    touched = models.DateTimeField(auto_now=True)
    until = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-created"]
