"""Where a report and an inspection stand, and what may come next. Pure."""

from __future__ import annotations

from datetime import date
from typing import Any

from ortaq.engine.labels import L

NEW, IN_WORK, CLOSED, REJECTED = "new", "in_work", "closed", "rejected"
OPEN = (NEW, IN_WORK)

STATUS = {
    NEW: L(kk="Жаңа", az="Yeni", ru="Новое", en="New"),
    IN_WORK: L(kk="Жұмыста", az="İcradadır", ru="В работе", en="In work"),
    CLOSED: L(kk="Аяқталды", az="Bağlanıb", ru="Закрыто", en="Closed"),
    REJECTED: L(kk="Қабылданбады", az="Rədd edilib", ru="Отклонено", en="Rejected"),
}
# What may be done to a report, and in which state.
NEXT: dict[str, tuple[str, ...]] = {
    "take": (NEW,),
    "answer": OPEN,
    "close": OPEN,
    "reject": OPEN,
    "reopen": (CLOSED, REJECTED),
}

# The steps of an inspection in their order, each with what it holds.
STEPS: dict[str, tuple[str, ...]] = {
    "visit": ("date", "who", "findings"),
    "act": ("number", "date"),
    "order": ("text", "deadline"),
    "check": ("date", "fulfilled", "note"),
    "close": ("date", "note"),
}
OVERDUE = "overdue"
STANDING = {
    "begun": L(kk="Басталды", az="Başlanıb", ru="Начата", en="Begun"),
    "visit": L(kk="Орнында болды", az="Yerində baxış keçirilib", ru="Выезд состоялся", en="Visited"),
    "act": L(kk="Акт жасалды", az="Akt tərtib edilib", ru="Акт составлен", en="Act drawn up"),
    "order": L(kk="Нұсқама берілді", az="İcrası məcburi göstəriş verilib", ru="Предписание выдано", en="Order given"),
    OVERDUE: L(kk="Мерзімі өтті", az="Müddəti keçib", ru="Срок истёк", en="Overdue"),
    "fulfilled": L(kk="Орындалды", az="İcra olunub", ru="Исполнено", en="Fulfilled"),
    "unfulfilled": L(kk="Орындалмады", az="İcra olunmayıb", ru="Не исполнено", en="Not fulfilled"),
    "close": L(kk="Аяқталды", az="Başa çatıb", ru="Завершена", en="Closed"),
}


def due(data: dict[str, Any]) -> date | None:
    """The deadline that is still to be kept: none once the order was found fulfilled or all is closed."""
    deadline = data.get("order", {}).get("deadline", "")
    over = "close" in data or data.get("check", {}).get("fulfilled") is True
    return date.fromisoformat(deadline) if deadline and not over else None


def standing(data: dict[str, Any], today: date) -> str:
    """A key of ``STANDING``: the last step that was done, or that its deadline has passed."""
    if "close" in data:
        return "close"
    deadline = due(data)
    if deadline is not None and deadline < today:
        return OVERDUE
    if "check" in data:
        return "fulfilled" if data["check"].get("fulfilled") else "unfulfilled"
    return next((step for step in ("order", "act", "visit") if step in data), "begun")


def order(data: dict[str, Any], today: date) -> tuple[int, date]:
    """Sorts inspections: overdue first, then by deadline, then those without one, at last what is closed."""
    if "close" in data:
        return 3, date.max
    deadline = due(data)
    if deadline is None:
        return 2, date.max
    return (0 if deadline < today else 1), deadline
