"""Many requests at their times against the local server, each on a connection of its own."""

import asyncio
import time
from dataclasses import dataclass

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Shot:
    """One request: when it is sent (seconds after the start) and its bytes."""

    at: float
    content: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """How long one waited from the moment the request was due, and the status."""

    seconds: float
    status: int


def request(port: int, method: str, page: str, *more: str) -> bytes:
    head = (f"{method} {page} HTTP/1.1", f"Host: {HOST}:{port}", "Connection: close", *more, "", "")
    return "\r\n".join(head).encode()


def post(port: int, page: str, session: str, token: str) -> bytes:
    cookies = f"Cookie: sessionid={session}; csrftoken={token}"
    return request(port, "POST", page, cookies, f"X-CSRFToken: {token}", "Content-Length: 0")


async def fire(port: int, shots: list[Shot]) -> list[Answer]:
    start = time.perf_counter()
    return await asyncio.gather(*(_one(port, shot, start) for shot in shots))


async def _one(port: int, shot: Shot, start: float) -> Answer:
    """Send when it is due and wait for the whole answer; waiting counts from when it was due."""
    await asyncio.sleep(max(0.0, start + shot.at - time.perf_counter()))
    due = start + shot.at
    reader, writer = await asyncio.open_connection(HOST, port)
    writer.write(shot.content)
    await writer.drain()
    answer = await reader.read()
    writer.close()
    status = int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/") else 0
    return Answer(time.perf_counter() - due, status)
