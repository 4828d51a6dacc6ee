"""Many requests at once over plain sockets, from processes of their own."""

import multiprocessing
import socket
import statistics
import time
from dataclasses import dataclass, replace
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Result:
    """Requests per second, milliseconds at the median and the 95th per cent, wrong answers."""

    per_second: float
    p50_ms: float
    p95_ms: float
    wrong: int

    def __str__(self) -> str:
        return f"{self.per_second:8.1f}/s  p50 {self.p50_ms:6.1f} ms  p95 {self.p95_ms:6.1f} ms" + (
            f"  WRONG {self.wrong}" if self.wrong else ""
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers (names in lower case) and body of an answer."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def all(self, name: str) -> list[str]:
        """Return the values of a header."""
        return [value for one, value in self.headers if one == name]

    @property
    def stays(self) -> bool:
        """Tell whether the connection may be used again."""
        return self.status != 0 and "close" not in self.all("connection")


def get(url: str, **headers: str) -> bytes:
    """Return the bytes of a GET request."""
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    lines = [f"GET {path} HTTP/1.1", f"Host: {parts.netloc}", "Accept-Encoding: gzip"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def hammer(
    host: str, port: int, requests: list[bytes], *, clients: int, seconds: float,
    expect: tuple[int, ...] = (200,),
) -> Result:  # fmt: skip
    """Send the requests round and round from so many clients for so long."""
    with multiprocessing.get_context("fork").Pool(clients) as pool:
        jobs = [(host, port, requests, seconds, expect, number) for number in range(clients)]
        parts = pool.starmap(_client, jobs)
    times = sorted(t for part, _wrong in parts for t in part)
    wrong = sum(bad for _part, bad in parts)
    if not times:
        return Result(0.0, 0.0, 0.0, wrong)
    return Result(
        len(times) / seconds, statistics.median(times) * 1000,
        times[int(len(times) * 0.95)] * 1000, wrong,
    )  # fmt: skip


def _client(
    host: str, port: int, requests: list[bytes], seconds: float, expect: tuple[int, ...],
    number: int,
) -> tuple[list[float], int]:  # fmt: skip
    until, times, wrong, turn = time.perf_counter() + seconds, [], 0, number
    connection: socket.socket | None = None
    while time.perf_counter() < until:
        if connection is None:
            here = (f"127.0.0.{number + 2}", 0)  # each client is a network of its own
            connection = socket.create_connection((host, port), timeout=30, source_address=here)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        started = time.perf_counter()
        connection.sendall(requests[turn % len(requests)])
        answer = read_answer(connection)
        times.append(time.perf_counter() - started)
        wrong += answer.status not in expect
        turn += 1
        if not answer.stays:
            connection.close()
            connection = None
    return times, wrong


def read_answer(connection: socket.socket) -> Answer:
    """Read one answer to its end; one with status 0 where the server hung up."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return Answer(0, (), b"")
        data += piece
    head, _blank, body = data.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    named = (line.partition(":") for line in rest)
    answer = Answer(
        int(first.split(" ", 2)[1]),
        tuple((name.strip().lower(), value.strip()) for name, _colon, value in named),
        b"",
    )
    lengths = answer.all("content-length")
    if lengths:
        while len(body) < int(lengths[0]):
            body += connection.recv(65536)
    elif "chunked" in answer.all("transfer-encoding"):
        while not body.endswith(b"0\r\n\r\n"):
            body += connection.recv(65536)
    return replace(answer, body=body)
