"""Loops whose time is not the world's: one that runs faster, one that waits for nobody."""

from __future__ import annotations

import asyncio
import ipaddress
import selectors
import socket
import time
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

NOWHERE = "nowhere.invalid"
"""A host whose name cannot be looked up."""

Found = list[tuple[selectors.SelectorKey, int]]


class _Paced(selectors.DefaultSelector):
    """Waits a fraction of what it is told to; waited: how long in all, in real seconds."""

    speed, waited = 1.0, 0.0

    def select(self, timeout: float | None = None) -> Found:
        longest = None if timeout is None else max(timeout, 0.0) / self.speed
        began = time.monotonic()
        ready = super().select(longest)
        passed = time.monotonic() - began
        self.waited += passed if longest is None else min(passed, longest)
        return ready


class FastLoop(asyncio.SelectorEventLoop):
    """Real sockets and threads, but every second of the loop is only a part of one.

    It passes while the loop waits, not while it works: a busy computer makes no deadline shorter.
    speed: seconds of the loop in one real second.
    """

    def __init__(self, speed: float) -> None:
        self._paced, self._ahead = _Paced(), 0.0
        self._paced.speed = speed
        super().__init__(self._paced)

    def time(self) -> float:
        return self._ahead + self._paced.waited * self._paced.speed

    def jump(self, seconds: float) -> None:
        """Let time pass at once, as it does for a computer that slept."""
        self._ahead += seconds

    async def getaddrinfo(self, host: Any, port: Any, **more: Any) -> Any:
        """Look up names of this computer alone; an address is its own name."""
        name = host.decode() if isinstance(host, bytes) else str(host)
        if name == NOWHERE:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        try:
            literal = ipaddress.ip_address(name)
        except ValueError:
            return await super().getaddrinfo(host, port, **more)
        family = socket.AF_INET if literal.version == 4 else socket.AF_INET6
        return [(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (name, port))]


class Stuck(AssertionError):
    """Nothing is ready and nothing is planned: whoever waits now waits for ever."""


class _Jumping(selectors.DefaultSelector):
    """Never waits: what it is told to wait for passes at once."""

    now = 0.0

    def select(self, timeout: float | None = None) -> Found:
        ready = super().select(0)
        if not ready:
            if timeout is None:
                raise Stuck
            self.now += max(timeout, 0.0)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """Time passes only when everybody waits for it, and the work of threads is done at once."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now

    def run_in_executor(  # type: ignore[override]  # the base is typed with TypeVarTuple
        self, executor: Executor | None, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        done = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - an executor hands on whatever comes
            done.set_exception(error)
        return done
