"""The vectors of RFC 8785 and RFC 8032, and what our profile refuses beyond them."""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ortaq.engine import keys
from ortaq.engine.canonical import LARGEST, NotCanonical, canonical, digest, parse

# RFC 8785, appendix B: IEEE 754 bits -> text
NUMBERS = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "433fffffffffffff": "9007199254740991",
    "c33fffffffffffff": "-9007199254740991",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333",
    "41b3de4355555556": "333333333.3333334",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}


def number(bits: str) -> float:
    return float(struct.unpack(">d", bytes.fromhex(bits))[0])


@pytest.mark.parametrize(("bits", "text"), NUMBERS.items())
def test_numbers_are_written_as_ecmascript_writes_them(bits: str, text: str) -> None:
    value = number(bits)
    assert rfc8785.dumps(value) == text.encode()
    if abs(value) > LARGEST:
        with pytest.raises(NotCanonical):
            canonical({"coordinates": [value]})
    else:
        assert canonical({"coordinates": [value]}) == b'{"coordinates":[' + text.encode() + b"]}"


def test_the_example_of_the_rfc() -> None:
    """RFC 8785 §3.2.2 and §3.2.3; 1E30 lies beyond what we allow, a coordinate never does."""
    value = {
        "coordinates": [333333333.33333329, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
    }
    assert canonical(value) == (
        b'{"coordinates":[333333333.3333333,4.5,0.002,1e-27],"literals":[null,true,false],'
        b'"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_keys_are_sorted_by_utf16_units() -> None:
    """RFC 8785 §3.2.3 without its Hebrew letter, which NFC takes apart."""
    names = ["\u20ac", "\r", "1", "\U0001f600", "\u0080", "\u00f6", "\uffee"]
    found = parse(canonical(dict.fromkeys(names, 1)))
    assert list(found) == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\uffee"]


def test_text_is_nfc_in_values_and_keys() -> None:
    assert canonical({"e\u0301": "\ufb33"}) == '{"\u00e9":"\u05d3\u05bc"}'.encode()
    with pytest.raises(NotCanonical):
        canonical({"e\u0301": 1, "\u00e9": 2})


@pytest.mark.parametrize(
    "value", [1.5, {"lat": 42.5}, [0.1], {"coordinates": [float("nan")]}, 2**53, "\ud800", b"x", {1: 2}]
)
def test_what_has_no_single_form_is_refused(value: Any) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)


@pytest.mark.parametrize(
    "data", [b'{"a": 1}', b'{"b":1,"a":2}', b'{"a":1.0}', b'{"a":1,"a":1}', b'{"a":"e\xcc\x81"}', b"{", b"[" * 99]
)
def test_bytes_in_another_form_are_no_bodies(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        parse(data)


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@given(plain)
def test_the_canonical_form_is_its_own_canonical_form(value: Any) -> None:
    try:
        data = canonical(value)
    except NotCanonical:
        return
    assert canonical(parse(data)) == data
    assert digest(data) == hashlib.sha256(data).hexdigest()


# RFC 8032 §7.1: secret, public, message, signature
ED25519 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").hexdigest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e030"
        "3dca179c138ac17ad9bef1177331a704",
    ),
]


@pytest.mark.parametrize(("secret", "public", "message", "signature"), ED25519)
def test_signatures_are_ed25519(secret: str, public: str, message: str, signature: str) -> None:
    key, data = keys.SigningKey(bytes.fromhex(secret)), bytes.fromhex(message)
    assert key.public.hex() == public
    assert key.sign(data).hex() == signature
    assert keys.verify(key.public, bytes.fromhex(signature), data)
    assert not keys.verify(key.public, bytes.fromhex(signature), data + b"x")
    assert not keys.verify(key.public, bytes.fromhex(signature)[:-1], data)


def test_a_key_is_never_replaced_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "node"
    made = keys.create(file)
    assert keys.load(file).public == made.public
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        keys.create(file)


def test_a_commitment_binds_the_random_bytes_and_the_part() -> None:
    one = keys.commitment(b"\0" * 32, b"part")
    assert one == hashlib.sha256(b"\0" * 32 + b"part").hexdigest()
    assert len({one, keys.commitment(b"\1" * 32, b"part"), keys.commitment(b"\0" * 32, b"Part")}) == 3
