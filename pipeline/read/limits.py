"""How much of a file is read: what keeps a hostile or broken file from taking the machine.

All sizes are bytes unless said otherwise. With these the reading of any one file stays below 1 GiB of memory.
"""

from __future__ import annotations

from pipeline.errors import LimitExceeded

MIB = 1 << 20
REPORT_LIMIT = 64 * MIB
"""The largest file or member that is read as one report, or held whole in memory to be unpacked."""
TEXT_LIMIT = 2_000_000
"""Characters of a report's text, a thousand pages: what is read in it takes memory by its length."""
CONTAINER_LIMIT = 4096 * MIB
"""The largest table or archive; they are read as streams, so this bounds time alone."""
UNPACKED_LIMIT = 8192 * MIB
"""What the members of one archive, and of the archives in it, may unpack to."""
RATIO_LIMIT = 200
"""How many times its own size an archive may unpack to once that is above `RATIO_FREE`. Vietnamese text packs to a
fifth or a tenth, the XML of office files to a fiftieth; a bomb to a thousandth."""
RATIO_FREE = 32 * MIB
MEMBER_LIMIT = 200_000
"""How many members the archives of one file may have."""
DEPTH_LIMIT = 3
"""How many containers may lie in one another: an archive, an archive in it, a table in that."""
ROW_LIMIT = 16 * MIB
"""Characters of a table's row."""
BAD_ROWS_LIMIT = 10_000
"""Rows of a table that give no report before it is given up, where those that do are fewer."""
LARGEST_READ = 32 * MIB
"""The largest list of members (in bytes) that is taken from an archive at once."""


def shown_size(size: int) -> str:
    """The size in words: "64 MiB"."""
    return f"{size // MIB} MiB" if size >= MIB else f"{size} B"


class Budget:
    """What may still be unpacked from one input file of `packed` bytes, over all its members and archives in it."""

    def __init__(self, path: str, packed: int) -> None:
        self._path = path
        self._packed = packed
        self._bytes = 0
        self._members = 0

    def renewed(self) -> Budget:
        """A budget of the same file of which nothing has been spent."""
        return Budget(self._path, self._packed)

    def spend(self, size: int) -> None:
        """Counts unpacked bytes. Raises LimitExceeded where there are too many, or too many for the file's size."""
        self._bytes += size
        if self._bytes > UNPACKED_LIMIT:
            raise LimitExceeded(
                "the archive unpacks to more than {limit}",
                where=self._path,
                remedy="Unpack it and give the folder, or split it",
                limit=shown_size(UNPACKED_LIMIT),
            )
        if self._bytes > max(RATIO_FREE, RATIO_LIMIT * self._packed):
            raise LimitExceeded(
                "the archive unpacks to more than {ratio} times its size, as archives made to do harm do",
                where=self._path,
                remedy="If you trust it, unpack it and give the folder",
                ratio=RATIO_LIMIT,
            )

    def count(self, members: int) -> None:
        """Counts members. Raises LimitExceeded where there are too many."""
        self._members += members
        if self._members > MEMBER_LIMIT:
            raise LimitExceeded(
                "the archive has more than {limit} members",
                where=self._path,
                remedy="Unpack it and give the folder, or split it",
                limit=MEMBER_LIMIT,
            )
