"""``python -m tests.browser.stage``: people and one object on the node of ``ORTAQ_DATA``; prints its number."""

from __future__ import annotations

from typing import Any

PASSWORD = "only-for-tests-7"
SECRET_PLACE = "68.271234"
NAMES = {
    "kk": "Арыстан баб кесенесі",
    "az": "Arıstan Bab türbəsi",
    "ru": "Мавзолей Арыстан-баб",
    "en": "Arystan Bab Mausoleum",
}
HISTORY = {
    "kk": "Кесене ХХ ғасырдың басында қайта салынған.",
    "az": "Türbə XX əsrin əvvəlində yenidən tikilib.",
    "ru": "Мавзолей перестроен в начале XX века.",
    "en": "The mausoleum was rebuilt in the early 20th century.",
}
ACTS = {"kk": "Үлгі бұйрық", "az": "Nümunə əmr", "ru": "Образец приказа", "en": "Sample order"}
SENT = (1, 2, 3)  # of each of them

MOSQUE = {
    "kk": "Үлгі мешіті",
    "az": "Nümunə məscidi",
    "ru": "Мечеть-образец",
    "en": "Sample Mosque",
}
# Language -> the text that waits for it, and the language it was written in.
WAITING = {
    "kk": ("summary", "ru"),
    "az": ("history", "kk"),
    "ru": ("significance", "az"),
    "en": ("access", "ru"),
}
# Language -> a text as it was first written, and as it stands after a change.
TO_TRANSLATE = {
    "kk": ("Мешіттің екі мұнарасы бар.", "Мешіттің екі биік мұнарасы бар."),
    "az": ("Məscidin iki minarəsi var.", "Məscidin iki hündür minarəsi var."),
    "ru": ("У мечети два минарета.", "У мечети два высоких минарета."),
    "en": ("The mosque has two minarets.", "The mosque has two tall minarets."),
}


def main() -> str:
    """Aigerim edits for a museum (KZ), Dana is an officer of the ministry (KZ), Leyla edits for a reserve (AZ).

    The object was published as revision 2 and revised since.
    """
    from ortaq.engine import access, actions
    from ortaq.people.actors import member

    museum = organisation("KZ", "kk", "Түркістан музейі")
    aigerim = member(person("aigerim", "editor", museum, "kk"))
    dana = member(person("dana", "officer", organisation("KZ", "kk", "Мәдениет министрлігі"), "ru"))
    person("leyla", "editor", organisation("AZ", "az", "Şəki qoruğu"), "az")
    record = actions.create(aigerim, "heritage_object", monument(), owner=museum, submit=True)
    published = actions.publish(dana, record.id)
    data = access.get(aigerim, record.id).data | {"significance": {"kk": {"text": "Маңызды ескерткіш."}}}
    actions.revise(aigerim, record.id, data, base_revision=published.revision, reason="толықтыру")
    stories(museum)
    to_translate_and_inspect(aigerim, dana, museum)
    return published.pid or ""


def stories(museum: Any) -> None:
    """Saule heads the museum and Raushan translates for it; Gulnar edits for a reserve, and sent acts for review."""
    from ortaq.engine import actions
    from ortaq.people.actors import member

    person("saule", "org_admin", museum, "kk")
    person("raushan", "translator", museum, "kk")
    reserve = organisation("KZ", "kk", "Отырар қорығы")
    gulnar = member(person("gulnar", "editor", reserve, "kk"))
    for lang, act in ACTS.items():
        for number in SENT:
            name = {"text": f"{act} {number}", "lang": lang}
            data = {"country": "KZ", "names": [{"name": name, "kind": "official"}], "sort": "order"}
            actions.create(gulnar, "legal_act", data, owner=reserve, submit=True)


def to_translate_and_inspect(aigerim: Any, dana: Any, museum: Any) -> None:
    """A mosque of the museum with a text that waits for each language, and who works on it and on reports of damage.

    Zhanar edits for the museum too; Yerlan inspects in the region of the objects, Almas in another one.
    """
    from ortaq.engine import actions
    from tests.cast import monument_data

    names = [{"name": {"text": text, "lang": lang}, "kind": "variant"} for lang, text in MOSQUE.items()]
    data = monument_data(names=names, object_type=["mosque"], place=None, summary=None)
    data |= {field: {lang: {"text": TO_TRANSLATE[lang][0]}} for field, lang in WAITING.values()}
    record = actions.create(aigerim, "heritage_object", data, owner=museum, submit=True)
    actions.publish(dana, record.id)
    person("zhanar", "editor", museum, "kk")
    inspectorate = organisation("KZ", "kk", "Үлгі инспекция")
    person("yerlan", "inspector", inspectorate, "kk", region="kz-turkistan")
    person("almas", "inspector", inspectorate, "ru", region="kz-almaty")


def organisation(country: str, lang: str, name: str) -> Any:
    from ortaq.people import actions as people

    title = {"name": {"text": name, "lang": lang}, "kind": "official"}
    return people.add_organisation({"country": country, "names": [title], "sort": "museum"}).id


def person(name: str, role: str, held_in: Any, language: str, *, region: str = "") -> Any:
    from ortaq.people import actions as people
    from ortaq.people import consent

    user = people.add_user(f"{name}@example.org", PASSWORD, language=language)
    consent.accept(user, language)
    people.give_role(None, user, role, organisation=held_in, country="KZ" if region else "", region=region)
    return user


def monument() -> dict[str, Any]:
    from tests.cast import monument_data

    return monument_data(
        history={lang: {"text": text} for lang, text in HISTORY.items()},
        use=[{"use": "pilgrimage"}],
        dating=[{"date": {"text": "XIV–XV вв.", "lang": "ru"}, "method": "stylistic"}],
    )


if __name__ == "__main__":
    import django

    django.setup()
    print(main())
