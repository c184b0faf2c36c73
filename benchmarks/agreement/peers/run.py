"""One case on a peer, run by the peers' own interpreter: ``run.py CASE INPUT REPEAT``.

Prints one JSON object. The first call of a warm case compiles and is not counted; with REPEAT 0
the case runs once, as it is, for a cold measurement from outside.
"""

import json
import statistics
import sys
import time
from importlib import import_module
from pathlib import Path


def main():
    case, path, repeat = sys.argv[1], sys.argv[2], int(sys.argv[3])
    run, warm = import_module(case.replace("-", "_")).prepare(json.loads(Path(path).read_text()))
    if repeat and warm:
        warm()
    seconds, cpu = [], []
    for _ in range(max(1, repeat)):
        start, work = time.perf_counter(), time.process_time()
        result = run()
        seconds.append((time.perf_counter() - start) * result.get("times", 1))
        cpu.append((time.process_time() - work) * result.get("times", 1))
    print(json.dumps({"seconds": statistics.median(seconds),
                      "cpu": statistics.median(cpu), "peak_mb": peak_mb(), **result}))


def peak_mb():
    """Return the peak of this program; getrusage's also knows that of the one that started it."""
    status = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) / 1024


if __name__ == "__main__":
    main()
