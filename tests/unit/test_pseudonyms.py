"""Keyed hashes: the same everywhere under one key, and nothing without it."""

from __future__ import annotations

import hmac
import stat

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from puntlanding.problems import InputError
from puntlanding.records.pseudonyms import MANY, Key, load_key, save_key

KEY = Key(bytes(range(32)))


def by_the_book(text: str, domain: str, key: Key = KEY) -> int:
    digest = hmac.digest(key.secret, domain.encode() + b"\x1f" + text.encode(), "sha256")
    return int.from_bytes(digest[:8], "big") & (2**63 - 1)


@pytest.mark.unit
def test_a_pseudonym_is_the_hmac_that_rfc_2104_defines():
    found = KEY.pseudonyms(pl.Series("patient", ["00123", None, "123", "00123"]), "patient")
    assert found.dtype == pl.Int64
    assert found.to_list() == [by_the_book("00123", "patient"), None, by_the_book("123", "patient"), found[0]]
    assert found[0] != found[2]


@pytest.mark.generative
@given(st.lists(st.none() | st.text(max_size=100)), st.binary(min_size=32, max_size=32))
def test_any_text_and_key(texts, secret):
    key = Key(secret)
    found = key.pseudonyms(pl.Series("x", texts, dtype=pl.String), "subtraject").to_list()
    assert found == [None if text is None else by_the_book(text, "subtraject", key) for text in texts]


@pytest.mark.unit
def test_domains_and_keys_do_not_meet():
    one = pl.Series("x", ["123456782"])
    numbers = {
        KEY.pseudonyms(one, "patient")[0],
        KEY.pseudonyms(one, "bsn")[0],
        Key(bytes(32)).pseudonyms(one, "bsn")[0],
    }
    assert len(numbers) == 3
    assert KEY.fingerprint != Key(bytes(32)).fingerprint


@pytest.mark.unit
def test_two_identifiers_never_become_one(monkeypatch):
    monkeypatch.setattr(Key, "_hash", lambda self, identifiers, domain: pl.Series("x", [5] * len(identifiers)))
    with pytest.raises(InputError) as found:
        KEY.pseudonyms(pl.Series("x", ["1", "2"]), "patient")
    assert [problem.code for problem in found.value.problems] == ["pseudonym_collision"]
    assert "1" not in str(found.value)


@pytest.mark.unit
def test_a_key_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "sleutels" / "noord.sleutel"
    key = Key.fresh()
    save_key(path, key)
    assert load_key(path) == key
    with pytest.raises(InputError) as found:
        save_key(path, Key.fresh())
    assert [problem.code for problem in found.value.problems] == ["key_exists"]
    assert load_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [one.name for one in path.parent.iterdir()] == ["noord.sleutel"]
    assert key.secret.hex() not in repr(key)
    assert Key.fresh() != Key.fresh()


@pytest.mark.unit
@pytest.mark.parametrize(
    ("content", "mode", "code"),
    [
        (b"puntlanding-sleutel-1\n" + b"ab" * 31 + b"\n", 0o600, "key_damaged"),
        (b"puntlanding-sleutel-1\n" + b"zz" * 32 + b"\n", 0o600, "key_damaged"),
        (b"iets anders\n" + b"ab" * 32 + b"\n", 0o600, "key_damaged"),
        (b"\xff\xfe", 0o600, "key_damaged"),
        (b"", 0o600, "key_damaged"),
        (b"puntlanding-sleutel-1\n" + b"ab" * 32 + b"\n", 0o640, "key_open_to_others"),
        (b"puntlanding-sleutel-1\n" + b"ab" * 32 + b"\n", 0o604, "key_open_to_others"),
    ],
)
def test_what_is_no_key(tmp_path, content, mode, code):
    path = tmp_path / "k"
    path.write_bytes(content)
    path.chmod(mode)
    with pytest.raises(InputError) as found:
        load_key(path)
    assert [problem.code for problem in found.value.problems] == [code]
    assert path.read_bytes() == content


@pytest.mark.unit
def test_a_lost_key_is_said(tmp_path):
    with pytest.raises(InputError) as found:
        load_key(tmp_path / "weg")
    assert [problem.code for problem in found.value.problems] == ["key_unreadable"]
    assert not any(tmp_path.iterdir())


@pytest.mark.unit
def test_many_identifiers_get_the_same_pseudonyms_as_few():
    """From MANY on they are hashed in processes of their own; a patient in a large delivery is still that patient."""
    texts = [f"{'é' * (n % 3)}{n}" for n in range(MANY + 1)]
    found = KEY.pseudonyms(pl.Series("x", texts), "zorgtraject").to_list()
    assert found == [by_the_book(text, "zorgtraject") for text in texts]
