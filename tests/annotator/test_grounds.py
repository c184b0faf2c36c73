"""Where the site can stand: disks, ports, folders, and a Redis server to find."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from annotator import environment
from annotator.supervisor import CannotStart, grounds, redis_server

MOUNTS = [
    "/dev/vda / ext4 rw 0 0",
    "server:/home /home nfs4 rw 0 0",
    "tmpfs /home/ada/scratch tmpfs rw 0 0",
    "//nas/share /mnt/with\\040space cifs rw 0 0",
]


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/var", ""),
        ("/home/ada/var", "nfs4"),
        ("/home", "nfs4"),
        ("/homestead/var", ""),
        ("/home/ada/scratch/var", ""),
        ("/mnt/with space/var", "cifs"),
    ],
)
def test_network_disks_are_told_from_local_ones(folder: str, kind: str) -> None:
    assert grounds.network_disk(Path(folder), MOUNTS) == kind


def test_a_taken_port_gives_the_next_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert grounds.free_port("127.0.0.1", port) > port


def test_no_port_at_all_is_one_sentence() -> None:
    with pytest.raises(CannotStart, match="Set PORT or HOST"):
        grounds.free_port("192.0.2.1", 8000)  # an address that no machine has (RFC 5737)


def test_a_state_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "var"
    file.touch()
    with pytest.raises(CannotStart, match="FRAMING_VAR"):
        grounds.take(file)


def test_the_state_folder_is_ours_until_the_lock_closes(tmp_path: Path) -> None:
    lock = grounds.take(tmp_path)
    with pytest.raises(CannotStart, match=f"process {os.getpid()}"):
        grounds.take(tmp_path)
    os.close(lock)
    os.close(grounds.take(tmp_path))


def test_a_redis_server_is_found_and_new_enough() -> None:
    assert redis_server.version(redis_server.find_server()) >= redis_server.OLDEST


@pytest.mark.parametrize(
    ("answer", "numbers"),
    [
        ("Redis server v=6.2.14 sha=40305114:0 malloc=libc bits=64", (6, 2, 14)),
        ("Valkey server v=8.1.8 sha=00000000:0 malloc=jemalloc", (8, 1, 8)),
        ("something else", ()),
    ],
)
def test_the_version_of_a_server_is_read(
    tmp_path: Path, answer: str, numbers: tuple[int, ...]
) -> None:
    program = tmp_path / "redis-server"
    program.write_text(f"#!/bin/sh\necho '{answer}'\n")
    program.chmod(0o700)
    assert redis_server.version(program) == numbers


def test_without_any_server_the_sentence_names_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(redis_server, "WHEELS", ())
    with pytest.raises(CannotStart, match="REDIS_URL"):
        redis_server.find_server()


def test_the_folders_of_redis_are_private(tmp_path: Path) -> None:
    (tmp_path / "redis").mkdir(mode=0o755)
    redis_server.prepare(socket=tmp_path / "run" / "redis.sock", folder=tmp_path / "redis")
    assert {(tmp_path / name).stat().st_mode & 0o777 for name in ("run", "redis")} == {0o700}


def test_redis_opens_no_port_and_keeps_an_append_only_file() -> None:
    words = redis_server.arguments(Path("r"), socket=Path("/s"), folder=Path("/d"))
    pairs = dict(zip(words[1::2], words[2::2], strict=True))
    wanted = {"--port": "0", "--appendonly": "yes", "--unixsocketperm": "700"}
    assert wanted.items() <= pairs.items()


def test_a_path_too_long_for_a_socket_gets_a_short_one_that_stays_the_same() -> None:
    long = Path("/var") / ("x" * 120) / "redis.sock"
    short = environment.socket_path(long)
    assert len(os.fsencode(short)) <= environment.SOCKET_LIMIT
    assert short == environment.socket_path(long)
    assert short != environment.socket_path(long.parent / "other" / "redis.sock")
    assert environment.socket_path(Path("/srv/redis.sock")) == Path("/srv/redis.sock")
