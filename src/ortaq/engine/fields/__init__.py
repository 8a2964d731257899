"""The field types: one sort of value each, from cleaning to page and index."""

from ortaq.engine.fields.agent import Agent
from ortaq.engine.fields.base import Context, Field, Piece, Row, Widget
from ortaq.engine.fields.contact import Contact
from ortaq.engine.fields.country import Country
from ortaq.engine.fields.date import Date
from ortaq.engine.fields.flag import Flag
from ortaq.engine.fields.group import Group
from ortaq.engine.fields.identifier import Identifier
from ortaq.engine.fields.line import Line
from ortaq.engine.fields.link import Link
from ortaq.engine.fields.money import Money
from ortaq.engine.fields.name import Name
from ortaq.engine.fields.number import Number
from ortaq.engine.fields.period import Period
from ortaq.engine.fields.place import Place
from ortaq.engine.fields.quantity import Quantity
from ortaq.engine.fields.rights import Rights
from ortaq.engine.fields.source import Source
from ortaq.engine.fields.term import Term
from ortaq.engine.fields.text import Text
from ortaq.engine.fields.unit import Unit
from ortaq.engine.fields.url import Url
from ortaq.engine.fields.zone import Zone

__all__ = [
    "Agent",
    "Contact",
    "Context",
    "Country",
    "Date",
    "Field",
    "Flag",
    "Group",
    "Identifier",
    "Line",
    "Link",
    "Money",
    "Name",
    "Number",
    "Period",
    "Piece",
    "Place",
    "Quantity",
    "Rights",
    "Row",
    "Source",
    "Term",
    "Text",
    "Unit",
    "Url",
    "Widget",
    "Zone",
]
