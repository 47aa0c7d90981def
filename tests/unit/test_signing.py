"""Signatures: known, unknown, none, and any byte that was changed."""

from __future__ import annotations

import stat

import polars as pl
import pytest

from puntlanding.contribution.container import pack, with_signatures
from puntlanding.contribution.model import from_bytes
from puntlanding.contribution.signing import (
    Verdict,
    load_private,
    load_public,
    load_trusted,
    make_keys,
    require_trusted,
    sign,
    verify,
)  # fmt: skip
from puntlanding.problems import InputError
from small_contribution import small

pytestmark = pytest.mark.unit

ROW = {"code": "A", "open_01": 50, "patienten": 50}


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    made = {name: make_keys(folder, name) for name in ("noord", "zuid")}
    return folder, made


@pytest.fixture(scope="module")
def signed(keys):
    return sign(small(production=[ROW]).to_bytes(), "f", load_private(keys[1]["noord"][0]))


def known(keys, *names):
    return {load_public(keys[1][name][1]).public_bytes_raw(): name for name in names}


def test_known_unknown_and_unsigned(keys, signed):
    assert verify(signed, "f", known(keys, "noord")).verdict is Verdict.KNOWN
    assert verify(signed, "f", known(keys, "noord")).keys == ("noord",)
    unknown = verify(signed, "f", known(keys, "zuid"))
    assert (unknown.verdict, unknown.keys) == (Verdict.UNKNOWN, (keys[1]["noord"][2],))
    assert verify(small().to_bytes(), "f", known(keys, "noord")).verdict is Verdict.UNSIGNED


def refused(data, trusted):
    """Told as changed, or no longer a file that can be opened at all."""
    try:
        return verify(data, "f", trusted).verdict is Verdict.TAMPERED
    except InputError as error:
        return error.problems[0].code == "sealed_not"


def test_every_byte_counts(keys):
    """Names, times and lengths in the archive too, not only what is in it."""
    tiny = pack("proef", 1, {"basis": {}}, {"tabel": pl.DataFrame({"aantal": [1, 2, 3]})})
    signed = sign(tiny, "f", load_private(keys[1]["noord"][0]))
    trusted = known(keys, "noord")
    assert verify(signed, "f", trusted).verdict is Verdict.KNOWN
    for bit in (0x01, 0x20, 0x80):
        changed = [signed[:at] + bytes([signed[at] ^ bit]) + signed[at + 1 :] for at in range(len(signed))]
        assert [at for at, one in enumerate(changed) if not refused(one, trusted)] == []


def test_bytes_added_or_left_out_count_too(keys, signed):
    trusted = known(keys, "noord")
    assert all(refused(one, trusted) for one in (signed + b"\0", b"\0" + signed, signed[:-1]))


def test_a_signature_of_another_file_does_not_fit(keys, signed):
    signatures = from_bytes(signed, "f").signatures
    other = with_signatures(small("zuid").to_bytes(), signatures)
    assert verify(other, "f", known(keys, "noord")).verdict is Verdict.TAMPERED


def test_two_may_sign_and_the_content_stays_what_it_was(keys, signed):
    both = sign(signed, "f", load_private(keys[1]["zuid"][0]))
    assert verify(both, "f", known(keys, "noord", "zuid")).keys == ("noord", "zuid")
    assert verify(both, "f", known(keys, "zuid")).verdict is Verdict.KNOWN
    assert from_bytes(both, "f").fingerprint == from_bytes(signed, "f").fingerprint
    assert sign(both, "f", load_private(keys[1]["noord"][0])) == both


def test_what_was_changed_is_not_signed(keys, signed):
    changed = signed[:10] + bytes([signed[10] ^ 1]) + signed[11:]  # the time of the first entry, which no program reads
    with pytest.raises(InputError, match="sign_tampered"):
        sign(changed, "f", load_private(keys[1]["noord"][0]))


def test_keys_are_for_their_owner_and_never_replaced(keys):
    folder, made = keys
    private, public, _ = made["noord"]
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert b"PRIVATE" in private.read_bytes()
    assert b"PRIVATE" not in public.read_bytes()
    before = private.read_bytes()
    with pytest.raises(InputError, match="sign_key_exists"):
        make_keys(folder, "noord")
    assert private.read_bytes() == before
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(".")) == []


def test_a_key_of_which_half_is_there_is_not_made(tmp_path):
    (tmp_path / "x.openbaar.pem").write_text("x")
    with pytest.raises(InputError, match="sign_key_exists"):
        make_keys(tmp_path, "x")
    assert not (tmp_path / "x.geheim.pem").exists()


def test_what_is_no_key(keys, tmp_path):
    private, public, _ = keys[1]["noord"]
    with pytest.raises(InputError, match="sign_key_not_public"):
        load_public(private)
    copy = tmp_path / "copy.pem"
    copy.write_bytes(public.read_bytes())
    copy.chmod(0o600)
    with pytest.raises(InputError, match="sign_key_not_private"):
        load_private(copy)
    copy.write_bytes(private.read_bytes())
    copy.chmod(0o644)
    with pytest.raises(InputError, match="sign_key_open"):
        load_private(copy)
    with pytest.raises(InputError, match="unreadable"):
        load_private(tmp_path / "none.pem")


def test_trusted_is_a_key_or_a_folder_of_keys(keys, tmp_path):
    folder, made = keys
    assert sorted(load_trusted(folder).values()) == ["noord", "zuid"]
    assert list(load_trusted(made["zuid"][1]).values()) == ["zuid"]
    with pytest.raises(InputError, match="trusted_none"):
        load_trusted(tmp_path)


def test_everything_that_is_not_trusted_is_said_at_once(keys, signed):
    found = [verify(signed, "a", {}), verify(small().to_bytes(), "b", {}), verify(signed, "c", known(keys, "noord"))]
    with pytest.raises(InputError) as error:
        require_trusted(found)
    assert [(one.code, one.file) for one in error.value.problems] == [
        ("signature_unknown", "a"),
        ("signature_none", "b"),
    ]
