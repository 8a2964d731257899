"""Kinds: Python classes that declare the fields of described things, one file each.

The registry finds them in ``ortaq.kinds`` and in the folders named by the setting
``ORTAQ_KINDS``. Nothing else in the project knows a kind by name.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings

from ortaq.engine.fields.base import Context, Field
from ortaq.engine.labels import L
from ortaq.engine.problems import Problem

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
KINDS: dict[str, type[Kind]] = {}


@dataclass(frozen=True)
class Part:
    """A closed part: its label and who reads it unless somebody decides otherwise.

    ``{country}`` in a default token stands for the record's country, ``{region}`` for its
    administrative unit and each unit above. ``indexed``: the
    one part of a kind that has a document of its own in the search index.
    """

    label: L
    default: tuple[str, ...]
    indexed: bool = False


@dataclass(frozen=True)
class Listed:
    """How records of a kind stand on the page of something that they refer to.

    ``order`` among the other kinds; ``when``: fields of which the first that is given dates the record; ``facts``:
    fields said beside its name; ``form``: rows, a timeline, or cards gathered by the term field ``by``; ``mark``: the
    term field that is shown large.
    """

    order: int = 100
    when: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    form: str = "rows"
    by: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Series:
    """Records of a kind that refer to the same thing, one after another in time: ``of`` is the link field to it.

    ``grade`` is the term field that is compared, ``scale`` its terms from the best to the worst.
    """

    of: str
    grade: str
    scale: tuple[str, ...]


class Kind:
    """The declaration of one kind of record. See ``docs/reference/kinds.md``."""

    slug: ClassVar[str] = ""
    version: ClassVar[int] = 1
    icon: ClassVar[str] = ""
    on_map: ClassVar[bool] = False  # whether its records are points of the map on the home page
    label: ClassVar[L]
    plural: ClassVar[L]
    about: ClassVar[L | None] = None
    fields: ClassVar[list[Field]] = []
    parts: ClassVar[Mapping[str, Part]] = {}
    page: ClassVar[list[str]] = []
    title: ClassVar[str] = "names"
    numbered: ClassVar[tuple[str, ...]] = ("identifiers.id",)  # numbers that no two things share; paths in groups
    example: ClassVar[dict[str, Any]] = {}
    upgrades: ClassVar[Mapping[int, Upgrade]] = {}
    old_examples: ClassVar[Mapping[int, dict[str, Any]]] = {}
    listed: ClassVar[Listed] = Listed()
    series: ClassVar[Series | None] = None
    subject: ClassVar[str] = ""  # the field that names what the record is about, shown above everything else
    of_people: ClassVar[bool] = False  # whether the person of an account may be such a record
    watched: ClassVar[bool] = False  # whether anyone may report damage to such a thing, and inspectors inspect it

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        known = KINDS.get(cls.slug)
        if known and known.__module__ != cls.__module__:
            raise TypeError(f"two kinds are called {cls.slug}")
        KINDS[cls.slug] = cls

    @classmethod
    def field(cls, name: str) -> Field | None:
        return next((f for f in cls.fields if f.name == name), None)

    @classmethod
    def check(cls, data: dict[str, Any]) -> Iterator[Problem]:
        """What no single field can see, for instance that one date follows another. Kinds override it."""
        return iter(())

    @classmethod
    def check_complete(cls, data: dict[str, Any]) -> Iterator[Problem]:
        """What publishing needs beside the required fields, because of another value. Kinds override it."""
        return iter(())

    @classmethod
    def unit(cls, data: dict[str, Any]) -> str:
        """The administrative unit that the record itself is, so that its page tells what lies in it. Kinds override."""
        return ""

    @classmethod
    def guarded(cls, old: dict[str, Any], new: dict[str, Any]) -> dict[str, str]:
        """Fields whose change needs a second person: name -> the role that accepts it ("" any that may accept)."""
        found = {}
        for field in cls.fields:
            before, after = old.get(field.name), new.get(field.name)
            if before != after and (field.accepted_by or _opens(field, before, after)):
                found[field.name] = field.accepted_by
        return found

    @classmethod
    def check_guarded(cls, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Problem]:
        """What a guarded change of a published record must bring along, for instance an act. Kinds override it."""
        return iter(())

    @classmethod
    def upgrade(cls, data: dict[str, Any], version: int) -> dict[str, Any]:
        """``data`` of an older version as the present one; the stored bytes stay as they are."""
        for step in range(version, cls.version):
            data = cls.upgrades[step](data)
        return data

    @classmethod
    def clean(cls, data: Any, context: Context) -> dict[str, Any]:
        """``data`` checked and in canonical shape; raises Problems with everything that is wrong."""
        from ortaq.engine.fields.group import clean_fields

        def extra(cleaned: dict[str, Any]) -> Iterator[Problem]:
            yield from cls.check(cleaned)
            yield from cls.check_complete(cleaned) if context.publishing else ()

        return clean_fields(cls.fields, data, context, extra=extra)


def _opens(field: Field, before: Any, after: Any) -> bool:
    """Whether the change shows the public more of a closed part than it saw before."""
    if not field.part or before is None or after is None:
        return False
    shown = field.public(after)
    return shown is not None and field.public(after, like=field.public(before)) != shown


def get(slug: str) -> type[Kind] | None:
    """The kind called ``slug``, None for one that this node does not know."""
    return KINDS.get(slug)


def facets() -> Mapping[str, list[Field]]:
    """Every facet that a kind declares, with the fields that feed it, in the order of the kinds' slugs and fields."""
    return _facets(tuple(KINDS[slug] for slug in sorted(KINDS)))


@lru_cache(maxsize=1)  # a page of results asks for each of its filters
def _facets(known: tuple[type[Kind], ...]) -> Mapping[str, list[Field]]:
    found: dict[str, list[Field]] = {}
    for kind in known:
        for field in kind.fields:
            for inner in getattr(field, "fields", [field]):
                if inner.facet:
                    found.setdefault(inner.facet, []).append(inner)
    return found


def load() -> None:
    """Imports every kind of the package and of the folders in the settings. Called once, when Django is ready."""
    package = importlib.import_module("ortaq.kinds")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"ortaq.kinds.{module.name}")
    for file in _files(settings.ORTAQ_KINDS):
        name = f"ortaq_kinds_{file.stem}"
        if name not in sys.modules:
            spec = importlib.util.spec_from_file_location(name, file)
            if spec and spec.loader:
                module_ = importlib.util.module_from_spec(spec)
                sys.modules[name] = module_
                spec.loader.exec_module(module_)


def _files(folders: Iterable[str]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(Path(folder).glob("[a-z]*.py"))
