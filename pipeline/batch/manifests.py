"""Which manifests tell of the files of a run."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import ManifestError
from pipeline.read.assignment import KnownReports
from pipeline.read.folder import Gathering, shown_path
from pipeline.read.manifest import Manifest, read_manifest

ReadManifest = Callable[[str, str], Manifest]
"""What reads the manifest at a location, named so in messages."""
Exists = Callable[[str], bool]


def known_reports(
    gathering: Gathering,
    manifest: str | Path | None,
    read: ReadManifest = lambda location, path: read_manifest(Path(location), path),
    exists: Exists = os.path.lexists,
) -> KnownReports:
    """What the manifests say of the files: the one that the user names, else those found in the folders.

    A manifest found in a folder tells of the files below that folder, the nearest first; one that the user names
    tells of all files, and those found are passed over. Raises ManifestError where the one named can't be used.
    """
    known = KnownReports(found_ones=manifest is None)
    if manifest is not None:
        table = read(str(manifest), shown_path(manifest))
        known.learn(table, gathering.files, _there(table.folder, exists))
        return known
    for found in sorted(gathering.manifests, key=lambda file: -file.path.count("/")):
        below = f"{posixpath.dirname(found.path).rstrip('/')}/" if "/" in found.path else ""
        files = [file for file in gathering.files if file.path.startswith(below)]
        try:
            rows = read(found.location, found.path)
        except ManifestError as error:
            known.problems.append(error)
        else:
            known.learn(rows, files, _there(rows.folder, exists))
    return known


def manifest_problems(known: KnownReports) -> list[ManifestError]:
    """What is wrong in the manifests, once all files were opened."""
    return sorted((*known.problems, *known.unmet()), key=lambda problem: problem.where)


def _there(folder: str, exists: Exists) -> Exists:
    return lambda file: exists(os.path.join(folder, file))
