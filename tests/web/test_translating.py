"""The translation desk: what waits for which language, and one record side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ortaq.engine import access, actions, consumers
from ortaq.engine.models import Cursor, Proposal, Record
from ortaq.people import actions as people
from ortaq.people.actors import Member, member
from ortaq.translate import waiting
from ortaq.translate.models import Waiting
from tests.cast import Cast
from tests.web.posting import form_of, said, signed_in

pytestmark = pytest.mark.django_db(databases="__all__")
RU = "Перестроен в начале XX века."
LANGUAGES = ("kk", "az", "ru", "en")


def follow() -> None:
    consumers.follow()


def counts(record: Record, lang: str) -> tuple[int, int, int]:
    row = Waiting.objects.filter(thing=record.id, lang=lang).first()
    return (row.missing, row.stale, row.machine) if row else (0, 0, 0)


def revised(cast: Cast, record: Record, **changes: Any) -> None:
    view = access.get(cast.aigerim, record.id)
    actions.revise(cast.aigerim, record.id, {**view.data, **changes}, base_revision=view.record.revision)
    follow()


def with_kk(text: str, origin: str = "human", ru: str = RU) -> dict[str, Any]:
    return {"ru": {"text": ru, "origin": "original"}, "kk": {"text": text, "origin": origin}}


@pytest.fixture
def translator(cast: Cast) -> Callable[[], Member]:
    people.give_role(None, cast.users["nigar"], "translator", organisation=cast.reserve, country="AZ")
    return lambda: member(cast.users["nigar"])


def test_what_a_record_lacks_follows_from_its_texts(cast: Cast) -> None:
    record, draft = cast.monument(), cast.monument(state="draft")
    follow()
    assert [counts(record, lang) for lang in LANGUAGES] == [(1, 0, 0), (1, 0, 0), (0, 0, 0), (1, 0, 0)]
    assert not Waiting.objects.filter(thing=draft.id).exists()
    revised(cast, record, summary=with_kk("Қайта салынған.", "machine"))
    assert counts(record, "kk") == (0, 0, 1)
    revised(cast, record, summary=with_kk("ХХ ғасырдың басында қайта салынған."))
    assert counts(record, "kk") == (0, 0, 0)
    revised(cast, record, summary=with_kk("ХХ ғасырдың басында қайта салынған.", ru="Перестроен в 1909 году."))
    assert counts(record, "kk") == (0, 1, 0) and counts(record, "az") == (1, 0, 0)
    revised(cast, record, summary=with_kk("1909 жылы қайта салынған.", ru="Перестроен в 1909 году."))
    assert counts(record, "kk") == (0, 0, 0)
    actions.withdraw(cast.aigerim, Record, record.id, reason="сынақ")
    follow()
    assert not Waiting.objects.filter(thing=record.id).exists()


def test_texts_of_repeated_groups_wait_too(cast: Cast) -> None:
    fact = [{"_id": "factaa", "fact": {"kk": {"text": "Үлгі дерек."}}, "source": {"text": "Тест", "certainty": "V"}}]
    record = cast.monument(summary=None, notes=fact)
    follow()
    assert counts(record, "ru") == (1, 0, 0) and counts(record, "kk") == (0, 0, 0)


def test_the_table_made_anew_is_the_same(cast: Cast) -> None:
    record = cast.monument()
    cast.monument(summary=with_kk("Мәтін.", "machine"))
    follow()
    revised(cast, record, summary=with_kk("Мәтін.", "machine"))
    before = set(Waiting.objects.values_list("thing", "lang", "missing", "stale", "machine", "since"))
    Waiting.objects.all().delete()
    Cursor.objects.filter(name=waiting.NAME).update(position=10**9)  # as after a log was restored
    follow()
    assert set(Waiting.objects.values_list("thing", "lang", "missing", "stale", "machine", "since")) == before


def test_closed_texts_are_not_counted(cast: Cast) -> None:
    record = cast.monument(summary=None, address={"ru": {"text": "ул. Примерная, 1"}})
    follow()
    assert not Waiting.objects.filter(thing=record.id).exists()


@pytest.mark.parametrize("lang", ["kk", "az", "en"])
def test_the_desk_lists_what_waits_for_the_language_of_the_page(cast: Cast, lang: str) -> None:
    record = cast.monument()
    follow()
    leyla = signed_in(cast, "leyla")
    assert f"/{lang}/translate/{record.pid}" not in said(leyla.get(f"/{lang}/translate")), "of another organisation"
    assert f"/{lang}/translate/{record.pid}" in said(leyla.get(f"/{lang}/translate?scope=all"))
    assert f"/{lang}/translate/{record.pid}" in said(signed_in(cast, "aigerim").get(f"/{lang}/translate"))
    assert str(record.pid) not in said(signed_in(cast, "aigerim").get("/ru/translate"))


@pytest.mark.parametrize("name", ["dana", "yerlan", "timur"])
def test_whose_records_are_listed_first(cast: Cast, name: str) -> None:
    """Officers of the country, inspectors of the region; who looks after nothing sees all that he may read."""
    record = cast.monument()
    follow()
    assert f"/en/translate/{record.pid}" in said(signed_in(cast, name).get("/en/translate"))


def test_a_translator_sees_what_everybody_may_read_and_no_more(cast: Cast, translator: Any) -> None:
    record, closed = cast.monument(), cast.monument()
    actions.narrow(cast.aigerim, Record, closed.id, ["national:KZ"], reason="жабық")
    follow()
    text = said(signed_in(cast, "nigar").get("/az/translate"))
    assert f"/az/translate/{record.pid}" in text and str(closed.pid) not in text
    assert signed_in(cast, "nigar").get(f"/az/translate/{closed.pid}").status_code == 404


def test_filters_and_pages(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    record = cast.monument()
    other = cast.monument(summary=with_kk("Мәтін.", "machine"))
    follow()
    aigerim = signed_in(cast, "aigerim")

    def listed(query: str) -> set[str]:
        text = said(aigerim.get(f"/kk/translate?{query}"))
        return {str(r.pid) for r in (record, other) if f"/kk/translate/{r.pid}" in text}

    both = {str(record.pid), str(other.pid)}
    assert listed("") == listed("kind=heritage_object") == listed("country=KZ") == listed("after=2000-01-01") == both
    assert listed("why=missing") == {record.pid} and listed("why=machine") == {other.pid}
    assert listed("why=stale") == listed("country=AZ") == listed("kind=person") == listed("after=2999-01-01") == set()
    assert listed("after=soon&why=nonsense&page=99") == both
    monkeypatch.setattr("ortaq.web.translation_desk.PAGE", 1)
    assert listed("") == {record.pid} and listed("page=2") == listed("order=latest") == {other.pid}
    assert aigerim.get("/kk/translate?page=x").status_code == 404
    monkeypatch.undo()
    assert "Nothing is waiting" in said(aigerim.get("/en/translate?why=stale"))


def test_the_desk_needs_as_many_queries_for_ten_as_for_one(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for _number in range(10):
        cast.monument()
    follow()
    aigerim = signed_in(cast, "aigerim")
    aigerim.get("/kk/translate")
    with django_assert_max_num_queries(16):
        assert said(aigerim.get("/kk/translate")).count("/kk/translate/TEST-") == 10


def typed(client: Client, address: str, **boxes: str) -> Any:
    form = form_of(client.get(address))
    return client.post(address, form | {name.replace("__", "."): text for name, text in boxes.items()})


@pytest.mark.parametrize(("lang", "text"), [("kk", "Қайта салынған."), ("az", "Yenidən tikilib."), ("en", "Rebuilt.")])
def test_an_editor_saves_a_translation(cast: Cast, lang: str, text: str) -> None:
    record = cast.monument()
    follow()
    aigerim, address = signed_in(cast, "aigerim"), f"/{lang}/translate/{record.pid}"
    page = said(aigerim.get(address))
    assert RU in page and f'lang="{lang}"' in page and 'lang="ru"' in page
    assert typed(aigerim, address, t__summary=text).status_code == 302
    view = access.get(cast.aigerim, record.id)
    assert view.data["summary"][lang] == {"text": text, "origin": "human"}
    assert view.data["summary"]["ru"]["text"] == RU
    assert view.record.reason
    assert counts(record, lang) == (0, 0, 0), "at once, without the worker"


def test_everybody_else_proposes_it(cast: Cast) -> None:
    record = cast.monument()
    leyla, address = signed_in(cast, "leyla"), f"/az/translate/{record.pid}"
    assert typed(leyla, address, t__summary="Yenidən tikilib.", o__summary="machine_checked").status_code == 302
    proposal = Proposal.objects.get()
    assert proposal.target == record.id
    assert proposal.data["summary"]["az"] == {"text": "Yenidən tikilib.", "origin": "machine_checked"}
    assert "az" not in access.get(cast.leyla, record.id).data["summary"]


def test_an_empty_box_changes_nothing(cast: Cast) -> None:
    record = cast.monument(summary=with_kk("Мәтін."))
    aigerim, address = signed_in(cast, "aigerim"), f"/kk/translate/{record.pid}"
    for text in ("", "Мәтін."):
        answer = typed(aigerim, address, t__summary=text)
        assert answer.status_code == 422
    assert access.get(cast.aigerim, record.id).data["summary"]["kk"]["text"] == "Мәтін."


def test_only_an_authority_says_that_a_translation_is_official(cast: Cast) -> None:
    record = cast.monument()
    address = f"/kk/translate/{record.pid}"
    aigerim, dana = signed_in(cast, "aigerim"), signed_in(cast, "dana")
    assert 'value="official"' not in said(aigerim.get(address))
    refused = typed(aigerim, address, t__summary="Ресми мәтін.", o__summary="official")
    assert refused.status_code == 422 and "Ресми мәтін." in said(refused)
    assert 'value="official"' in said(dana.get(address))
    assert typed(dana, address, t__summary="Ресми мәтін.", o__summary="official").status_code == 302
    assert access.get(cast.aigerim, record.id).data["summary"]["kk"]["origin"] == "official"


def test_what_changed_in_the_original_is_shown(cast: Cast) -> None:
    record = cast.monument(summary=with_kk("Қайта салынған."))
    follow()
    revised(cast, record, summary=with_kk("Қайта салынған.", ru="Перестроен мастером в начале XX века."))
    aigerim, address = signed_in(cast, "aigerim"), f"/kk/translate/{record.pid}"
    page = said(aigerim.get(address))
    assert "мастером</ins>" in page
    assert typed(aigerim, address, t__summary="Шебер қайта салған.").status_code == 302
    assert "<ins>" not in said(aigerim.get(address)) and counts(record, "kk") == (0, 0, 0)


def test_a_conflict_loses_nothing(cast: Cast) -> None:
    record = cast.monument()
    aigerim, address = signed_in(cast, "aigerim"), f"/kk/translate/{record.pid}"
    form = form_of(aigerim.get(address))
    revised(cast, record, summary={"ru": {"text": "Другой текст."}})
    answer = aigerim.post(address, form | {"t.summary": "Менің мәтінім."})
    assert answer.status_code == 409 and "Менің мәтінім." in said(answer) and "Другой текст." in said(answer)
    assert f'action="/kk/o/{record.pid}/edit"' in said(answer)
    again = form_of(answer, "_mine")
    saved = aigerim.post(f"/kk/o/{record.pid}/edit", again | {"_choose.summary": "mine"})
    assert saved.status_code == 302
    summary = access.get(cast.aigerim, record.id).data["summary"]
    assert summary["kk"]["text"] == "Менің мәтінім." and summary["ru"]["text"] == "Другой текст."


def test_texts_of_a_group_are_saved_where_they_stand(cast: Cast) -> None:
    note = {"ru": {"text": "Трещины.", "origin": "original"}}
    record = cast.monument(condition=[{"_id": "condaa", "grade": "good", "note": note}])
    aigerim, address = signed_in(cast, "aigerim"), f"/kk/translate/{record.pid}"
    assert typed(aigerim, address, t__condition__condaa__note="Жарықтар.").status_code == 302
    row = access.get(cast.aigerim, record.id).data["condition"][0]
    assert row["note"]["kk"]["text"] == "Жарықтар." and row["grade"] == "good"


def test_a_stranger_signs_in_first_and_drafts_are_absent(cast: Cast, client: Client) -> None:
    record, draft = cast.monument(), cast.monument(state="draft")
    for address in ("/en/translate", f"/en/translate/{record.pid}"):
        assert client.get(address).status_code == 302
    aigerim = signed_in(cast, "aigerim")
    assert aigerim.get(f"/en/translate/{draft.id}").status_code == 404
    assert aigerim.get("/en/translate/TEST-999999").status_code == 404


def test_a_record_without_texts_says_so(cast: Cast) -> None:
    record = cast.monument(summary=None)
    assert "There is no text to translate" in said(signed_in(cast, "aigerim").get(f"/en/translate/{record.pid}"))
