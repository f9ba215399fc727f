"""The folder of the pages: each replaced whole, and pages of an earlier digest removed when they are no more."""

from __future__ import annotations

import os
import re
from pathlib import Path

from pipeline.errors import StoreError

WRITTEN = ".written"
"""The file that lists the pages of the last digest, a path a line."""

# Nothing else is ever removed, whatever the list says.
_PAGE = re.compile(r"(?:[a-z]+(?:-\d+)?|reports/[A-Za-z0-9_-][A-Za-z0-9._-]*)\.html", re.ASCII)


class PageFolder:
    """Pages on their way into a folder. Every method raises StoreError where the folder can't be written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._earlier = self._read_written()
        self._pages: set[str] = set()

    def write(self, page: str, content: str) -> None:
        """The page in its file, which a reader sees either as it was or as it is now.

        Raises StoreError also for a page that has been written already.
        """
        if page in self._pages:
            raise StoreError(
                "two pages of the digest have the same name ({page})",
                where=str(self._folder),
                remedy="Give each report once",
                page=page,
            )
        self._pages.add(page)
        self._announce(page)
        self._replace(page, content)

    def finish(self) -> list[Path]:
        """Removes the earlier digest's other pages; the paths of this one's, in the order of their names."""
        for page in sorted(self._earlier - self._pages):
            try:
                (self._folder / page).unlink(missing_ok=True)
            except OSError as error:
                raise _unwritable(self._folder / page, error) from error
        self._replace(WRITTEN, "".join(f"{page}\n" for page in sorted(self._pages)))
        return [self._folder / page for page in sorted(self._pages)]

    def _read_written(self) -> set[str]:
        try:
            lines = (self._folder / WRITTEN).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return set()
        return {line for line in lines if _PAGE.fullmatch(line)}

    def _announce(self, page: str) -> None:
        """Lists the page before it is written: a digest that is broken off leaves none that isn't listed."""
        if page in self._earlier:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self._folder / WRITTEN).open("ab") as written:
                written.write(f"{page}\n".encode())
        except OSError as error:
            raise _unwritable(self._folder, error) from error

    def _replace(self, name: str, content: str) -> None:
        location = self._folder / name
        beside = location.with_name(f".{location.name}.new")
        try:
            location.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(content.encode("utf-8"))
            os.replace(beside, location)
        except OSError as error:
            raise _unwritable(location, error) from error


def _unwritable(location: Path, error: OSError) -> StoreError:
    return StoreError(
        "the digest can't be written ({reason})",
        where=str(location),
        remedy="Choose another folder, or make this one writable",
        reason=error.strerror or error,
    )
