"""Telling encodings apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ortaq.engine.problems import Problem
from ortaq.imports.encoding import decode

RUSSIAN = "номер;название\n1;Мавзолей Айша-биби\n2;Городище Отрар\n"
TURKISH = "no;ad\n1;Şirvanşahlar sarayı\n2;Yukarı köşk, gümüş kümbet\n"
KAZAKH = "id;аты\n1;Қожа Ахмет Ясауи кесенесі\n"


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (KAZAKH, "utf-8", "UTF-8"),
        (KAZAKH, "utf-8-sig", "UTF-8"),
        (KAZAKH, "utf-16", "UTF-16"),
        (RUSSIAN, "cp1251", "Windows-1251"),
        (TURKISH, "cp1254", "Windows-1254"),
        ("plain,ascii\n", "ascii", "UTF-8"),
    ],
)
def test_the_encodings_people_use_are_recognised(text: str, codec: str, name: str) -> None:
    assert decode(text.encode(codec)) == (text, name)


def test_the_mapping_may_decide() -> None:
    assert decode(TURKISH.encode("cp1254"), "cp1254")[0] == TURKISH
    with pytest.raises(Problem) as caught:
        decode(b"a", "klingon")
    assert "klingon" in caught.value.text


def test_one_bad_byte_is_damage_and_no_other_encoding() -> None:
    with pytest.raises(Problem) as caught:
        decode((KAZAKH * 3).encode() + b"\xff\n")
    assert (caught.value.params["line"], caught.value.params["encoding"]) == (7, "UTF-8")


@given(st.text(st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"])))
@settings(deadline=None)
def test_utf8_is_always_itself(text: str) -> None:
    assert decode(text.encode("utf-8-sig")) == (text, "UTF-8")


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_any_bytes_give_text_or_a_problem(data: bytes) -> None:
    try:
        text, name = decode(data)
    except Problem as problem:
        assert problem.code == "encoding" and problem.text
    else:
        assert "\0" not in text and name.startswith(("UTF-", "Windows-"))
