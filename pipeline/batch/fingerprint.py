"""What results depend on, as digests: the rules, the options, the files. Same digest, same results."""

from __future__ import annotations

import hashlib
import platform
import shutil
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

import msgspec

from pipeline import __version__
from pipeline.errors import ReadError
from pipeline.read.folder import Gathering, open_file
from pipeline.read.items import Item

_SIZE = 16
_CHUNK = 1 << 20
# Beside the package's own files: what reads words and finds duplicates, and the programs that convert files.
_LIBRARIES = ("rensa", "spacy", "underthesea")
_READING_LIBRARIES = ("lxml", "holidays", "pypdfium2", "python-docx", "pyarrow")
_PROGRAMS = ("soffice", "libreoffice", "tesseract")
_encoder = msgspec.msgpack.Encoder()


def versions() -> dict[str, str]:
    """What the results depend on: another version of these may read a text otherwise."""
    return {"chidao": __version__, "python": platform.python_version(), **_library_versions(_LIBRARIES)}


@cache
def rules_version() -> bytes:
    """The version of all that turns a file into results: every file of this package (code, lexicon, templates), the
    libraries' versions, and which programs there are to convert files with."""
    package = Path(__file__).parents[1]
    digest = hashlib.blake2b(digest_size=_SIZE)
    for file in sorted(package.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts and file.suffix != ".pyc":
            digest.update(_encoder.encode((file.relative_to(package).as_posix(), file.read_bytes())))
    programs = [shutil.which(program) for program in _PROGRAMS]
    digest.update(_encoder.encode((versions(), _library_versions(_READING_LIBRARIES), programs)))
    return digest.digest()


def key_of(*parts: object) -> bytes:
    """A key for what is made from the parts (plain data and records) by the rules as they are."""
    return hashlib.blake2b(rules_version() + _encoder.encode(parts), digest_size=_SIZE).digest()


def item_digest(item: Item) -> tuple[object, ...]:
    """What of an item decides what is read in it."""
    return (item.path, hashlib.sha256(item.data).digest(), item.format, item.told)


def inputs_digest(inputs: Iterable[str], gathering: Gathering, manifest: Path | None) -> bytes:
    """The inputs of a run, by what is in them: every file to read, every manifest, and what is passed over."""
    digest = hashlib.blake2b(digest_size=_SIZE)
    skipped = [(skip.path, skip.reason) for skip in gathering.skipped]
    errors = [(error.where, *error.sentences) for error in gathering.errors]
    digest.update(_encoder.encode((sorted(inputs), skipped, errors)))
    files = [(file.path, file.relative, file.location) for file in (*gathering.files, *gathering.manifests)]
    if manifest is not None:
        files.append((manifest.as_posix(), "", str(manifest)))
    for path, relative, location in files:
        digest.update(_encoder.encode((path, relative, _file_digest(location))))
    return digest.digest()


def _file_digest(location: str) -> bytes:
    digest = hashlib.sha256()
    try:
        stream, _ = open_file(location, location)
        with stream:
            while part := stream.read(_CHUNK):
                digest.update(part)
    except (ReadError, OSError) as error:
        return repr(error).encode("utf-8", "surrogateescape")
    return digest.digest()


def _library_versions(names: Iterable[str]) -> dict[str, str]:
    return {name: metadata.version(name) for name in names}
