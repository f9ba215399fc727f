"""The process in which PDFs are read: bounded in memory and time, and no loss where a file breaks it.

PDFium is written in C++ and draws whatever a file tells it to. One such process serves all files of its parent, one
after the other; it is killed where a page takes too long, and started anew.

Frames go both ways: a letter, a length of eight bytes, then so many bytes. To the process: "d" the file's data. From
it: "p" for progress, with the seconds that the next step may take, "r" the FileText as JSON, "e" the sentences and
details of an error.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import queue
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

import msgspec

from pipeline.errors import UnreadableDocument
from pipeline.read.pdf.reading import STEP_SECONDS, read_in_place
from pipeline.records import FileText

MEMORY_MAX = 1 << 30
"""The address space of the process, in bytes, where the system can bound it (not on Windows)."""

_HEAD = struct.Struct(">cQ")
_process: _Process | None = None


def read_apart(data: bytes, where: str) -> FileText:
    """The PDF's text, read in a process of its own. Raises UnreadableDocument."""
    global _process
    if _process is None or not _process.is_ours():
        _process = _Process()
        atexit.register(_process.stop)
    try:
        return _process.read(data, where)
    except _Lost as lost:
        _process.stop()
        atexit.unregister(_process.stop)
        _process = None
        if lost.late:
            raise UnreadableDocument(
                "a page of the PDF takes longer than {seconds} seconds to read",
                where=where,
                remedy="Open it and print it to a new PDF, or leave it out",
                seconds=f"{lost.seconds:g}",
            ) from lost
        raise UnreadableDocument(
            "the PDF breaks its reader or fills its memory",
            where=where,
            remedy="Open it and print it to a new PDF, or leave it out",
        ) from lost


class _Lost(Exception):
    """The process ended, or gave no sign for so many seconds."""

    def __init__(self, *, late: bool, seconds: float = 0.0) -> None:
        super().__init__()
        self.late = late
        self.seconds = seconds


class _Process:
    """The process, seen from its parent."""

    def __init__(self) -> None:
        root = str(Path(__file__).parents[3])
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._owner = os.getpid()
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-m", "pipeline.read.pdf"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )
        self._frames: queue.Queue[tuple[bytes, bytes] | None] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def is_ours(self) -> bool:
        """Whether this process started it (not the one it was forked from) and it still runs."""
        return self._owner == os.getpid() and self._child.poll() is None

    def read(self, data: bytes, where: str) -> FileText:
        """The text of one file. Raises UnreadableDocument as the reader in the process does, or _Lost."""
        assert self._child.stdin is not None
        try:
            _send(self._child.stdin, b"d", data)
        except OSError as error:
            raise _Lost(late=False) from error
        seconds = STEP_SECONDS
        while True:
            try:
                frame = self._frames.get(timeout=seconds)
            except queue.Empty:
                raise _Lost(late=True, seconds=seconds) from None
            if frame is None:
                raise _Lost(late=False)
            kind, payload = frame
            if kind == b"r":
                return msgspec.json.decode(payload, type=FileText)
            if kind == b"e":
                problem, remedy, details = msgspec.json.decode(payload, type=tuple[str, str, dict[str, Any]])
                raise UnreadableDocument(problem, where=where, remedy=remedy, **details)
            seconds = float(payload)

    def stop(self) -> None:
        """Ends the process, whatever it does. A fork of the parent leaves it alone."""
        if self._owner != os.getpid():
            return
        self._child.kill()
        self._child.wait()
        self._listener.join(timeout=5)
        for stream in (self._child.stdin, self._child.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _listen(self) -> None:
        assert self._child.stdout is not None
        while (frame := _receive(self._child.stdout)) is not None:
            self._frames.put(frame)
        self._frames.put(None)


def _send(stream: IO[bytes], kind: bytes, payload: bytes = b"") -> None:
    stream.write(_HEAD.pack(kind, len(payload)) + payload)
    stream.flush()


def _receive(stream: IO[bytes]) -> tuple[bytes, bytes] | None:
    """The next frame, or None at the stream's end."""
    try:
        head = stream.read(_HEAD.size)
        if len(head) < _HEAD.size:
            return None
        kind, length = _HEAD.unpack(head)
        payload = stream.read(length)
    except (OSError, ValueError):
        return None
    return (kind, payload) if len(payload) == length else None


def serve(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    """Reads file after file until the parent is gone."""
    while (frame := _receive(incoming)) is not None:
        try:
            content = read_in_place(frame[1], "", lambda seconds: _send(outgoing, b"p", str(seconds).encode()))
        except UnreadableDocument as error:
            _send(outgoing, b"e", msgspec.json.encode((*error.sentences, error.details)))
        else:
            _send(outgoing, b"r", msgspec.json.encode(content))


def bound_memory() -> None:
    """Bounds this process's address space to MEMORY_MAX, where the system can."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
