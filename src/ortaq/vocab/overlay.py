"""The labels that were accepted on this node, over those that are shipped.

Every process keeps them in memory and asks the database now and then, with one small query, whether they
changed; a label is read without any query.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.db.models import Count, Max

LASTS = 1.0  # seconds for which a page trusts what its process knows

Labels = Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Overlay:
    """``labels``: (vocabulary, code) -> language -> label, new terms in the order in which they were accepted."""

    version: tuple[Any, ...] = ()
    labels: Mapping[tuple[str, str], Labels] = field(default_factory=lambda: MappingProxyType({}))


@dataclass
class _Kept:
    overlay: Overlay = field(default_factory=Overlay)
    checked: float = float("-inf")


_kept = _Kept()


def now() -> Overlay:
    """What this process knows."""
    return _kept.overlay


def refresh(lasts: float = 0.0) -> None:
    """Looks whether something was accepted or undone, unless that was done less than ``lasts`` seconds ago."""
    from ortaq.vocab.models import accepted

    moment = time.monotonic()
    if moment - _kept.checked < lasts:
        return
    version = tuple(accepted().aggregate(Count("id"), Max("updated")).values())
    if version != _kept.overlay.version:
        _kept.overlay = _load(version)
    _kept.checked = moment


def expire() -> None:
    """The next page of this process looks at the database, however short the time."""
    _kept.checked = float("-inf")


def forget() -> None:
    """This process knows only the labels that are shipped, until it looks again; for another database."""
    _kept.overlay = Overlay()
    expire()


def _load(version: tuple[Any, ...]) -> Overlay:
    from ortaq.engine.log import head
    from ortaq.vocab.models import accepted

    node, found = head().node, dict[tuple[str, str], dict[str, str]]()
    if node is None:  # a folder with copies only has accepted nothing itself
        return Overlay(version)
    for row in accepted().filter(origin=node).order_by("answered", "id"):
        found.setdefault((row.vocabulary, row.code), {}).update(row.labels)
    return Overlay(version, MappingProxyType({key: MappingProxyType(labels) for key, labels in found.items()}))
