"""What processes cost: processor seconds and the most memory they ever held."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Spent:
    """Seconds of a processor and of the clock on the wall."""

    cpu: float
    wall: float


def spent(work: Callable[[], object]) -> Spent:
    """Do the work in this process and return what it cost."""
    wall, cpu = time.monotonic(), time.process_time()
    work()
    return Spent(time.process_time() - cpu, time.monotonic() - wall)


def family(pid: int) -> list[int]:
    """Return a process and its children, as far as they live."""
    found = [pid]
    for one in found:
        try:
            listed = Path(f"/proc/{one}/task/{one}/children").read_text(encoding="ascii")
        except OSError:
            continue
        found += [int(child) for child in listed.split()]
    return found


def cpu_seconds(pid: int) -> float:
    """Return the seconds that a process and its children had of a processor, dead ones too."""
    ticks = 0
    for one in family(pid):
        fields = Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += sum(int(field) for field in fields[11 : 15 if one == pid else 13])
    return ticks / TICKS


def peak_megabytes(pid: int) -> float:
    """Return the most memory that a process ever held, in MB of 10^6 bytes."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024 / 1e6
    return 0.0
