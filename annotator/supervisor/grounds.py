"""The ground the machinery stands on: the state folder, its lock, a free port."""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterable
from pathlib import Path

from annotator.supervisor import CannotStart

NETWORK = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre",
    "fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "davfs", "fuse.davfs2", "beegfs", "gpfs",
}  # fmt: skip
PORTS = 50


def take(var: Path) -> int:
    """Make the state folder ours until this process ends; return the lock's descriptor.

    Raises CannotStart when the folder cannot be written or another supervisor holds it.
    """
    try:
        for name in ("run", "log"):
            (var / name).mkdir(parents=True, exist_ok=True)
        lock = os.open(var / "run" / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise CannotStart(
            f"The state folder {var} cannot be written ({error.strerror}). "
            "Make it yours, or set FRAMING_VAR to another folder."
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.read(lock, 200).decode(errors="replace").strip()
        os.close(lock)
        raise CannotStart(
            f"The Framing Annotator already runs on {var} ({holder or 'just starting'}). "
            "Stop it first, or set FRAMING_VAR to another folder."
        ) from error
    note(lock, f"process {os.getpid()}")
    return lock


def note(lock: int, text: str) -> None:
    """Write into the lock file what the next one who finds it taken should read."""
    os.ftruncate(lock, 0)
    os.pwrite(lock, text.encode(), 0)


def network_disk(folder: Path, mounts: Iterable[str]) -> str:
    """Return the kind of network disk that holds the folder, or nothing.

    ``mounts`` are lines as in /proc/mounts.
    """
    best, kind = "", ""
    for line in mounts:
        fields = line.split(" ")
        point = fields[1].encode().decode("unicode_escape") if len(fields) > 2 else ""
        inside = folder == Path(point) or Path(point) in folder.parents
        if point and inside and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind if kind in NETWORK else ""


def mounts() -> list[str]:
    """Return the mounted disks; empty where the system has no such list."""
    path = Path("/proc/mounts")
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def free_port(host: str, wanted: int) -> int:
    """Return the first port from ``wanted`` on that nobody listens on. Raises CannotStart."""
    for port in range(wanted, min(wanted + PORTS, 65536)):
        if _free(host, port):
            return port
    raise CannotStart(
        f"No port from {wanted} to {wanted + PORTS - 1} can be used on {host}. Set PORT or HOST."
    )


def _free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
