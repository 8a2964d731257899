"""What is an account's alone, writes no entry and never travels: unsaved forms and saved searches."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from ortaq.engine.ids import uuid7


class Unsaved(models.Model):
    """The fields of one form as the browser would post them; ``page`` says which form."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    page = models.CharField(max_length=80)
    body = models.TextField()
    saved = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "page"], name="one_unsaved_text_a_form")]


class SavedSearch(models.Model):
    """The address of a search under a name. ``position`` is how far the log went when it was last opened."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    name = models.CharField(max_length=100)
    query = models.TextField()
    position = models.PositiveBigIntegerField(default=0)
    opened = models.DateTimeField()
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name", "id"]
