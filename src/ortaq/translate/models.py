"""What waits to be translated. Derived from the records and their revisions; made anew when its cursor is set to 0."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Waiting(models.Model):
    """How many texts of one published record wait for one language, and since when.

    ``missing``: there is no text in the language; ``stale``: the original changed after the translation;
    ``machine``: a machine translated it and nobody has checked it. Only the open data counts.
    """

    thing = models.UUIDField()
    lang = models.CharField(max_length=5)
    missing = models.PositiveIntegerField(default=0)
    stale = models.PositiveIntegerField(default=0)
    machine = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["thing", "lang"], name="one_row_a_language")]
        indexes: ClassVar = [models.Index(fields=["lang", "since"])]
