"""The vault and row keys: a seal opens in its own place, with its own key, and nowhere else."""

from uuid import uuid4

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from hypothesis import example, given
from hypothesis import strategies as st

from referrals.foundation.sealing import KeyMissing, KeyRing, RowKey, SealBroken, SealError, Vault, current
from referrals.foundation.sealing.binding import binding
from referrals.foundation.sealing.derivation import Purpose, derive
from referrals.foundation.sealing.wrapping import service_key_id

ROW = uuid4()
PLACE = {"table": "referrals", "column": "story_sealed", "row_id": ROW}
ELSEWHERE = [{"table": "notes"}, {"column": "tried_sealed"}, {"row_id": uuid4()}]
names = st.text(max_size=40)


@pytest.fixture
def vault():
    return Vault(KeyRing.generate())


@pytest.fixture
def key(vault):
    return vault.open_row_key(*vault.new_row_key(ROW), ROW)


def every_changed_byte(blob):
    return [blob[:place] + bytes((blob[place] ^ 1,)) + blob[place + 1 :] for place in range(len(blob))]


@given(st.text(st.characters(codec="utf-8")))
def test_what_was_sealed_opens_again(text):
    key = RowKey(bytes(32))
    assert key.open(key.seal(text, **PLACE), **PLACE) == text


def test_the_same_text_never_seals_to_the_same_bytes(key):
    blobs = [key.seal("waited nine months", **PLACE) for _ in range(100)]
    assert len(set(blobs)) == 100
    assert not any(b"waited" in blob for blob in blobs)


@pytest.mark.parametrize("other", ELSEWHERE)
def test_a_seal_moved_to_another_place_does_not_open(vault, key, other):
    with pytest.raises(SealBroken):
        key.open(key.seal("story", **PLACE), **{**PLACE, **other})
    with pytest.raises(SealBroken):
        vault.open_service(vault.seal_service("mail", **PLACE), **{**PLACE, **other})


def test_a_changed_or_cut_seal_does_not_open(vault, key):
    blob = key.seal("story", **PLACE)
    for bad in [*every_changed_byte(blob), *(blob[:length] for length in range(len(blob))), blob + b"\x00"]:
        with pytest.raises(SealBroken):
            key.open(bad, **PLACE)


def test_a_changed_or_cut_service_seal_does_not_open(vault):
    blob = vault.seal_service("mail", **PLACE)
    for bad in [*every_changed_byte(blob), *(blob[:length] for length in range(len(blob)))]:
        with pytest.raises(SealError):
            vault.open_service(bad, **PLACE)


def test_another_rows_key_opens_nothing(vault, key):
    other = vault.open_row_key(*vault.new_row_key(ROW), ROW)
    with pytest.raises(SealBroken):
        other.open(key.seal("story", **PLACE), **PLACE)


def test_a_wrapped_key_is_bound_to_its_row_and_its_ring(vault):
    wrapped, key_id = vault.new_row_key(ROW)
    with pytest.raises(SealBroken):
        vault.open_row_key(wrapped, key_id, uuid4())
    for bad in [*every_changed_byte(wrapped), wrapped[:10], b""]:
        with pytest.raises(SealBroken):
            vault.open_row_key(bad, key_id, ROW)
    with pytest.raises(KeyMissing, match=key_id):
        Vault(KeyRing.generate()).open_row_key(wrapped, key_id, ROW)


def test_rewrapping_keeps_the_row_key(vault):
    wrapped, key_id = vault.new_row_key(ROW)
    blob = vault.open_row_key(wrapped, key_id, ROW).seal("story", **PLACE)
    newer = Vault(vault.keyring.with_new_key())
    rewrapped, new_id = newer.rewrap(wrapped, key_id, ROW)
    assert new_id == newer.current_id != key_id
    only_new = Vault(newer.keyring.without_key(key_id))
    assert only_new.open_row_key(rewrapped, new_id, ROW).open(blob, **PLACE) == "story"


def test_a_running_vault_follows_a_rotation_made_beside_it(tmp_path):
    path = tmp_path / "keys.json"
    running = Vault(KeyRing.load_or_create(path), reload=lambda: KeyRing.load(path))
    newer = Vault(running.keyring.with_new_key())
    newer.keyring.save(path)
    wrapped, key_id = newer.new_row_key(ROW)
    running.open_row_key(wrapped, key_id, ROW)
    assert running.current_id == newer.current_id
    with pytest.raises(KeyMissing):
        running.open_row_key(wrapped, "k7-000000", ROW)


def test_service_seals_name_their_key_and_can_be_sealed_anew(vault):
    blob = vault.seal_service("mail", **PLACE)
    assert service_key_id(blob) == vault.current_id
    newer = Vault(vault.keyring.with_new_key())
    assert newer.open_service(blob, **PLACE) == "mail"
    resealed = newer.reseal_service(blob, **PLACE)
    assert service_key_id(resealed) == newer.current_id
    with pytest.raises(KeyMissing):
        vault.open_service(resealed, **PLACE)


def test_files_are_sealed_as_bytes(key):
    content = bytes(range(256)) * 100
    assert key.open_bytes(key.seal_bytes(content, **PLACE), **PLACE) == content


@example("notes", "words", "note", "swords")
@example("notes", "", "", "notes")
@given(names, names, names, names)
def test_no_two_places_are_bound_to_the_same_bytes(table, column, other_table, other_column):
    same = (table, column) == (other_table, other_column)
    assert (binding(table, column, ROW) == binding(other_table, other_column, ROW)) == same


@pytest.mark.parametrize("purpose", Purpose)
def test_derived_keys_are_those_of_hkdf_expand(purpose):
    key = bytes(range(32))
    expected = HKDFExpand(hashes.SHA256(), 32, purpose.encode()).derive(key)
    assert derive(key, purpose) == expected
    with pytest.raises(ValueError, match="32 bytes"):
        derive(b"short", purpose)


def test_each_purpose_has_its_own_key():
    assert len({derive(bytes(32), purpose) for purpose in Purpose}) == len(Purpose)


def test_errors_carry_neither_text_nor_cause(key):
    with pytest.raises(SealBroken) as broken:
        key.open(key.seal("a secret story", **PLACE)[:-1], **PLACE)
    assert str(broken.value) == "A seal of referrals.story_sealed does not open."


def test_the_process_has_one_vault_with_its_indexer(vault):
    for ask in (current.vault, current.indexer):
        with pytest.raises(SealError, match="not configured"):
            ask()
    current.configure(vault)
    assert current.vault() is vault
    assert current.indexer().token(ROW, "name", "smith")
