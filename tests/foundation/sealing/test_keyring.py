"""The key ring: made once, private, read back whole, and never losing a key."""

import base64
import json
import multiprocessing
import os
import stat

import pytest

from referrals.foundation.sealing import KeyMissing, KeyRing, KeyRingError

posix = pytest.mark.skipif(os.name != "posix", reason="file modes are of POSIX")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "instance" / "keys.json"


def start_at_once(path, barrier, answers):
    barrier.wait(timeout=30)
    answers.put(KeyRing.load_or_create(path).to_text())


def test_the_first_run_makes_the_ring_and_the_next_finds_it(path):
    made = KeyRing.load_or_create(path)
    assert KeyRing.load_or_create(path) == made
    assert KeyRing.load(path) == made
    assert [file.name for file in path.parent.iterdir()] == ["keys.json"]


@posix
def test_the_file_is_for_its_owner_alone_whatever_the_umask(path):
    before = os.umask(0)
    try:
        ring = KeyRing.load_or_create(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        ring.with_new_key().save(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    finally:
        os.umask(before)


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o610])
def test_a_ring_others_can_reach_is_refused_with_the_cure(path, mode):
    KeyRing.load_or_create(path)
    path.chmod(mode)
    with pytest.raises(KeyRingError, match="chmod 600"):
        KeyRing.load_or_create(path)


def test_processes_that_start_at_once_share_one_ring(path):
    context = multiprocessing.get_context("spawn")
    barrier, answers = context.Barrier(4), context.Queue()
    processes = [context.Process(target=start_at_once, args=(path, barrier, answers)) for _ in range(4)]
    for process in processes:
        process.start()
    rings = {answers.get(timeout=60) for _ in processes}
    for process in processes:
        process.join(timeout=60)
    assert rings == {KeyRing.load(path).to_text()}


def test_a_missing_file_is_said_plainly(path):
    with pytest.raises(KeyRingError, match="There is no key ring file"):
        KeyRing.load(path)


def test_a_ring_travels_as_environment_text():
    ring = KeyRing.generate().with_new_key()
    text = ring.to_text()
    assert KeyRing.from_text(text) == ring
    assert KeyRing.from_text(f"  {text[:20]}\n{text[20:]}\n") == ring


def changed(ring, **changes):
    content = {**json.loads(ring.to_json()), **changes}
    return base64.b64encode(json.dumps(content).encode()).decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2},
        {"current": "k9-000000"},
        {"current": []},
        {"wrapping_keys": {}},
        {"wrapping_keys": []},
        {"wrapping_keys": {"k1-0a1b2c": 5}},
        {"index_key": "c2hvcnQ="},
        {"index_key": "not base64 at all"},
        {"index_key": None},
    ],
)
def test_a_damaged_ring_is_refused(changes):
    with pytest.raises(KeyRingError):
        KeyRing.from_text(changed(KeyRing.generate(), **changes))


@pytest.mark.parametrize("text", ["", "%%%", "e30=", base64.b64encode(b"[]").decode(), "bnVsbA=="])
def test_text_that_is_no_ring_is_refused(text):
    with pytest.raises(KeyRingError):
        KeyRing.from_text(text)


def test_one_key_never_serves_two_ends():
    ring = KeyRing.generate()
    key = ring.wrapping_keys[ring.current_id]
    with pytest.raises(KeyRingError, match="different keys"):
        KeyRing({ring.current_id: key}, ring.current_id, key)
    with pytest.raises(KeyRingError, match="form k1-0a1b2c"):
        KeyRing({"k1": key}, "k1", ring.index_key)


def test_a_new_key_becomes_current_and_the_index_key_stays():
    ring = KeyRing.generate()
    second = ring.with_new_key()
    third = second.with_new_key()
    assert [ring.current_id[:3], second.current_id[:3], third.current_id[:3]] == ["k1-", "k2-", "k3-"]
    assert third.index_key == ring.index_key
    assert third.wrapping_key(ring.current_id) == ring.wrapping_key(ring.current_id)
    with pytest.raises(KeyMissing, match=third.current_id):
        ring.wrapping_key(third.current_id)


def test_an_old_key_can_be_taken_out_on_purpose_only(path):
    ring = KeyRing.load_or_create(path)
    newer = ring.with_new_key()
    newer.save(path)
    bare = newer.without_key(ring.current_id)
    with pytest.raises(KeyRingError, match="would be lost"):
        bare.save(path)
    assert KeyRing.load(path) == newer
    bare.save(path, dropping=[ring.current_id])
    assert KeyRing.load(path) == bare
    with pytest.raises(KeyRingError, match="current key"):
        bare.without_key(bare.current_id)


def test_two_rotations_at_once_lose_no_key(path):
    ring = KeyRing.load_or_create(path)
    mine, theirs = ring.with_new_key(), ring.with_new_key()
    theirs.save(path)
    with pytest.raises(KeyRingError, match=theirs.current_id):
        mine.save(path)
    assert KeyRing.load(path) == theirs


def test_a_ring_being_changed_elsewhere_is_left_alone_and_another_ring_never_overwritten(path):
    ring = KeyRing.load_or_create(path)
    with pytest.raises(KeyRingError, match="another key ring"):
        KeyRing.generate().save(path)
    lock = path.with_name("keys.json.lock")
    lock.touch()
    with pytest.raises(KeyRingError, match="being changed elsewhere"):
        ring.with_new_key().save(path)
    assert KeyRing.load(path) == ring
    assert lock.exists()


def test_printing_a_ring_or_its_error_shows_no_key():
    ring = KeyRing.generate()
    assert repr(ring) == f"KeyRing(current_id='{ring.current_id}', key_ids=['{ring.current_id}'])"
    with pytest.raises(KeyRingError) as refused:
        KeyRing.from_text(changed(ring, format=2))
    assert json.loads(ring.to_json())["index_key"] not in str(refused.value)
