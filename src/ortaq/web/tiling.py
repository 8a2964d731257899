"""What the page of the tiles shows and does: the same files as ``ortaq tiles``."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from babel.numbers import format_decimal
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ortaq.engine.geo.written import STYLES
from ortaq.engine.problems import Absent, Problem
from ortaq.people.actors import Member
from ortaq.tiles import kept
from ortaq.tiles.kept import Kept
from ortaq.tiles.receiving import FIELD, MOST_BYTES, Arrived, Receiving
from ortaq.web.writing import acting


def administers(reader: Member) -> bool:
    """Whether the tiles of the node are his: they belong to no organisation and to no country."""
    return reader.has("system_admin")


def administrator(request: HttpRequest) -> Member:
    """Raises Absent for everybody else."""
    reader = acting(request)
    if not administers(reader):
        raise Absent("tiles")
    return reader


def page(reader: Member, form: Any, problems: list[str]) -> dict[str, Any]:
    last = kept.former()
    return {
        "problems": problems,
        "files": [_line(file, reader.lang) for file in kept.every()],
        "former": _short(last, reader.lang) if last else None,
        "most": MOST_BYTES // 1_000_000,
        "name": form.get("name", "") if form.get("do") == "add" else "",
    }


def change(request: HttpRequest, receiving: Receiving) -> str:
    """Does what a button says; what to tell. Raises Problem, and Absent for tiles or a button that are not there."""
    form, do = request.POST, request.POST.get("do", "")
    if do == "remove":
        kept.remove(form.get("name", ""))
        return _("The tiles are out of use. They can be brought back below.")
    if do == "restore":
        kept.restore()
        return _("The former tiles are in use again.")
    if do == "forget":
        kept.forget()
        return _("The former tiles are deleted.")
    if do not in ("add", "replace"):
        raise Absent(do)
    _keep(_arrived(request, receiving), " ".join(form.get("name", "").split()), instead=do == "replace")
    return _("The tiles are in use.")


def _arrived(request: HttpRequest, receiving: Receiving) -> Arrived:
    file = request.FILES.get(FIELD)
    if receiving.problem:
        raise receiving.problem
    if not isinstance(file, Arrived):
        raise Problem("file", _("Choose a file."))
    return file


def _keep(file: Arrived, name: str, *, instead: bool) -> None:
    name = name or kept.name_of(PurePath(file.name or "").stem) or "tiles"
    kept.add(file.path, name, instead=instead, moved=True)


def _line(file: Kept, lang: str) -> dict[str, Any]:
    try:
        about = file.about()
    except Problem as wrong:
        return _short(file, lang) | {"problem": wrong.text}
    return _short(file, lang) | {"about": about, "box": _box(about.box, lang), "layers": ", ".join(about.layers)}


def _short(file: Kept, lang: str) -> dict[str, Any]:
    return {"name": file.name, "form": file.form, "size": _size(file.size, lang)}


def _size(size: int, lang: str) -> str:
    """Megabytes, of a small file with a decimal."""
    return str(format_decimal(size / 1_000_000, "#,##0.0" if size < 10_000_000 else "#,##0", locale=lang))


def _box(box: tuple[float, float, float, float], lang: str) -> str:
    """From south-west to north-east, in degrees."""
    west, south, east, north = box
    mark, *letters = STYLES.get(lang, STYLES["en"])

    def said(value: float, positive: str, negative: str) -> str:
        return f"{abs(round(value, 2)):g}°".replace(".", mark) + (negative if value < 0 else positive)

    (n, s, e, w) = letters
    return f"{said(south, n, s)}, {said(west, e, w)} – {said(north, n, s)}, {said(east, e, w)}"
