"""Numbers for new rows, taken in blocks, so that two runs at once never give the same one."""

from __future__ import annotations

from sqlalchemy import Connection

from pipeline.store.database.statements import select_one

BLOCK = 4096
"""Numbers taken at first; each time after twice as many, up to `MOST`. Those that a run leaves over are never given
again."""
MOST = 1 << 17


def take_numbers(connection: Connection, series: str, count: int) -> int:
    """The first of `count` numbers of the series, which nobody else gets."""
    sql = "UPDATE key_block SET next = next + ? WHERE name = ? RETURNING next"
    after = select_one(connection, sql, (count, series))
    return int(after) - count


class Keys:
    """The keys of rows for one writer."""

    def __init__(self) -> None:
        self._next = 0
        self._end = 0
        self._size = BLOCK

    def wanting(self, count: int) -> bool:
        """Whether fewer than so many are left."""
        return self._end - self._next < count

    def refill(self, connection: Connection, count: int) -> None:
        """Takes a new block with at least so many."""
        size = max(self._size, count)
        self._next = take_numbers(connection, "row", size)
        self._end = self._next + size
        self._size = min(2 * self._size, MOST)

    def next(self, connection: Connection) -> int:
        """A key. Where the block is used up, a new one is taken in the connection's transaction."""
        if self._next == self._end:
            self.refill(connection, BLOCK)
        self._next += 1
        return self._next - 1

    def drop(self) -> None:
        """Forgets the block: it may have been taken in a transaction that was taken back."""
        self._next = self._end = 0
