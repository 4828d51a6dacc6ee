"""Many visitors at once, each client a process that serves one visitor after the other."""

import multiprocessing
import statistics
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from bench.visitor import Visitor, Wrong

Errand = Callable[[Visitor, int], str]
"""What the visitor of a number does; answers what the server acknowledged."""

BETWEEN_CLIENTS = 100_000
"""Numbers of visitors of one client before those of the next."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What visitors were told was done, how long each took, and what went wrong."""

    acknowledged: list[str]
    milliseconds: list[float]
    requests: int
    wrong: list[str]
    seconds: float

    @property
    def per_second(self) -> float:
        """Return errands done in a second."""
        return len(self.acknowledged) / self.seconds

    def __str__(self) -> str:
        times = sorted(self.milliseconds) or [0.0]
        p50, p95 = statistics.median(times), times[int(len(times) * 0.95)]
        wrong = f"  WRONG {len(self.wrong)}: {self.wrong[0]}" if self.wrong else ""
        return f"{self.per_second:7.1f}/s  p50 {p50:7.1f} ms  p95 {p95:7.1f} ms{wrong}"


def send_crowd(port: int, errand: Errand, *, clients: int, seconds: float, first: int) -> Outcome:
    """Let so many clients run errands for so long; numbers of visitors start at `first`.

    Whoever has begun when the time is over still ends the errand.
    """
    context = multiprocessing.get_context("fork")
    results = context.SimpleQueue()
    started = time.perf_counter()

    def client(place: int) -> None:
        results.put(_serve(port, errand, first + place * BETWEEN_CLIENTS, started + seconds))

    processes = [context.Process(target=client, args=(place,)) for place in range(clients)]
    for process in processes:
        process.start()
    parts: list[Outcome] = [results.get() for _process in processes]
    for process in processes:
        process.join()
    return Outcome(
        [one for part in parts for one in part.acknowledged],
        [one for part in parts for one in part.milliseconds],
        sum(part.requests for part in parts),
        [one for part in parts for one in part.wrong],
        max(part.seconds for part in parts) - started,
    )


def _serve(port: int, errand: Errand, number: int, until: float) -> Outcome:
    done, times, wrong, requests = [], [], [], 0
    while time.perf_counter() < until:
        began = time.perf_counter()
        try:
            with Visitor(port, number) as visitor:
                done.append(errand(visitor, number))
                requests += visitor.requests
            times.append((time.perf_counter() - began) * 1000)
        except (Wrong, OSError) as error:
            wrong.append(f"visitor {number}: {error!r}")
        except Exception:
            wrong.append(traceback.format_exc())
            break
        number += 1
    return Outcome(done, times, requests, wrong, time.perf_counter())
