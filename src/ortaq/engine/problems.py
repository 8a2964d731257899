"""What can go wrong with what people give us, said so that they can mend it.

A :class:`Problem` is one thing wrong at one place. Its message is a translatable
sentence with named parameters (``%(name)s``) that says what is wrong and what to
do. Cleaning collects all of them and raises :class:`Problems`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy

Path = tuple[str | int, ...]
SHOWN = 80  # characters of a wrong value that a message repeats


class Problem(Exception):
    """One thing wrong: ``code`` for programs, ``message`` for people, ``path`` for forms and import sheets."""

    def __init__(self, code: str, message: Any, *, path: Path = (), **params: Any) -> None:
        super().__init__(code)
        self.code, self.message, self.path, self.params = code, message, path, params

    @property
    def text(self) -> str:
        """The sentence in the active language."""
        return str(self.message) % {k: shorten(v) for k, v in self.params.items()} if self.params else str(self.message)

    def at(self, *prefix: str | int) -> Problem:
        """The same problem seen from further out: ``prefix`` goes before its path."""
        return Problem(self.code, self.message, path=(*prefix, *self.path), **self.params)

    def __str__(self) -> str:
        where = ".".join(str(step) for step in self.path)
        return f"{where}: {self.text}" if where else self.text


class Problems(Exception):
    """All that is wrong with one input, never empty."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(p.code for p in self.problems))

    def __str__(self) -> str:
        return "\n".join(str(p) for p in self.problems)


class Forbidden(Exception):
    """The reader knows of the thing but may not do this to it; answered 403."""


class Absent(Exception):
    """Not there, or not for this reader: the two look the same; answered 404."""


class Gone(Exception):
    """Was public once and is withdrawn; answered 410 with pid and date."""

    def __init__(self, pid: str, when: Any) -> None:
        super().__init__(pid)
        self.pid, self.when = pid, when


class Conflict(Exception):
    """Somebody saved between reading and writing; carries base, mine and theirs (open data) so that nothing is lost."""

    def __init__(self, base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any], revision: int) -> None:
        super().__init__(f"revision {revision} came in between")
        self.base, self.mine, self.theirs, self.revision = base, mine, theirs, revision


def shorten(value: Any) -> str:
    """``value`` as text, cut so that a message never repeats ten megabytes."""
    text = str(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


REQUIRED = gettext_lazy("This is required to publish. Fill it in or keep the record as a draft.")
