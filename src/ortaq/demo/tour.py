"""A guided tour of the demo: ten stops, each a real page of it with a sentence or two on what is to be seen there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ortaq.demo.sides import EDITOR, SIDES
from ortaq.engine import access
from ortaq.engine.access import PUBLIC, Reader
from ortaq.engine.traced import PUBLISHED
from ortaq.people import access as people

Text = str | Promise
Address = Callable[[Reader], str]
YASAWI = "Mausoleum of Khoja Ahmed Yasawi"
DOME = "Example: restoration of the dome and socle of a mausoleum"
LESSON = "Example: drain first, then desalinate"
CLOSED = "Example: fired-brick mausoleum"


@dataclass(frozen=True)
class Stop:
    """A place of the site; ``role`` is the role of a demo account that it needs, "" for none."""

    title: Text
    text: Text
    address: Address
    role: str = ""


def here() -> bool:
    """Whether this node holds the demo."""
    return people.of_email(SIDES[0].email(EDITOR)) is not None


def _page(name: str, query: str = "") -> Address:
    return lambda reader: reverse(name) + query


def _record(title: str, page: str = "record") -> Address:
    """The page of the record with this English name; a search for it where it is no longer published."""

    def address(reader: Reader) -> str:
        rows = access.visible(PUBLIC).filter(state=PUBLISHED, title__en=title).order_by("id")
        pid = rows.values_list("pid", flat=True).first()
        return reverse(page, kwargs={"key": pid}) if pid else f"{reverse('search')}?q="

    return address


STOPS = (
    Stop(
        _("One search for four languages and two scripts"),
        _(
            "The name is typed in Azerbaijani, and the mausoleum in Turkistan is found under its Kazakh and Russian "
            "names too. Try the same name in another script."
        ),
        _page("search", "?q=Yəsəvi"),
    ),
    Stop(
        _("A monument in your language"),
        _(
            "Names in four languages, the date, the protection and the use stand here with their source and how sure "
            "it is. Change the language at the top: the facts stay the same."
        ),
        _record(YASAWI),
    ),
    Stop(
        _("The same results on a map"),
        _(
            "The map shows what the list shows, with the same filters. A ring is an approximate place: the exact one "
            "is not known or not shown."
        ),
        _page("search", "?kind=heritage_object&view=map"),
    ),
    Stop(
        _("What went wrong and what helped"),
        _(
            "Each row of a restoration work sets a problem beside its solution and what was found years later. This "
            "work is an example and is marked as one."
        ),
        _record(DOME),
    ),
    Stop(
        _("Who changed what, and when"),
        _(
            "Every revision stays and can be compared with another one. The signed log beside it shows that nothing "
            "was changed behind the scenes."
        ),
        _record(LESSON, "history"),
    ),
    Stop(
        _("What is closed stays closed"),
        _(
            "This example has an owner and an exact place that only the authorities may read: the page says that they "
            "are closed and for whom. A search, an export and the map give them away as little."
        ),
        _record(CLOSED),
    ),
    Stop(
        _("A proposal from the other country"),
        _(
            "A specialist of the other side proposed a text for a monument of this side. Open the proposal, compare it "
            "with what stands now, then accept it or send it back with a reason."
        ),
        _page("review"),
        EDITOR,
    ),
    Stop(
        _("The translation desk"),
        _(
            "Here are the texts that a language still lacks, that a machine translated or that became old when the "
            "original changed."
        ),
        _page("translate"),
        EDITOR,
    ),
    Stop(
        _("The State list of a country"),
        _(
            "The extract of the list with category, place and date, to be printed or taken along as a table. What the "
            "reader may not see is not in it."
        ),
        _page("register", "?country=KZ"),
    ),
    Stop(
        _("On paper"),
        _(
            "Every record becomes a PDF in each of the four languages, the same bytes for the same data. A QR plate "
            "and a text document are made in the same way."
        ),
        _record(YASAWI, "paper_pdf"),
    ),
)


def stop(number: int) -> Stop | None:
    """The stop with this number, counted from 1."""
    return STOPS[number - 1] if 1 <= number <= len(STOPS) else None
