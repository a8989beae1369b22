"""How many answers are worked at and how many wait: what goes beyond is told to come again."""

import asyncio
from collections.abc import AsyncIterator
from typing import Literal, cast

from fastapi import Request

from bot.errors import TooManyWaitingError


class Places:
    """Places for answers at work, and a queue before them that has an end."""

    def __init__(self, at_once: int, waiting: int) -> None:
        """`at_once` answers are worked at; as many as `waiting` may wait for a place."""
        self._free = asyncio.Semaphore(at_once)
        self._most_waiting = waiting
        self._waiting = 0

    async def take(self, request: Request) -> bool:
        """Waits for a place; False when the client went away meanwhile. TooManyWaitingError at once."""
        if not self._free.locked():
            return await self._free.acquire()
        if self._waiting >= self._most_waiting:
            raise TooManyWaitingError(f"{self._waiting} answers wait already; ask again in a few seconds")
        self._waiting += 1
        try:
            return await self._first_of_queue(request)
        finally:
            self._waiting -= 1

    def give_back(self) -> None:
        """Frees the place for the next."""
        self._free.release()

    async def _first_of_queue(self, request: Request) -> bool:
        place = asyncio.create_task(self._free.acquire())
        gone = asyncio.ensure_future(_gone(request))
        try:
            await asyncio.wait((place, gone), return_when=asyncio.FIRST_COMPLETED)
        except BaseException:
            # The server ends; a place won in this moment must not be lost.
            self._give_up(place)
            raise
        finally:
            gone.cancel()
        if gone.done() and not gone.cancelled():
            self._give_up(place)
            return False
        return True

    def _give_up(self, place: asyncio.Task[Literal[True]]) -> None:
        if not place.cancel() and not place.cancelled():
            self.give_back()


async def _gone(request: Request) -> None:
    # The body has been read before, so that what comes now is the end of the connection.
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def place_for_answer(request: Request) -> AsyncIterator[None]:
    """The dependency of every route that works on the documents; the place is kept until all is sent."""
    places = cast(Places, request.app.state.places)
    if not await places.take(request):
        raise TooManyWaitingError("the client went away")
    try:
        yield
    finally:
        places.give_back()
