"""Which manifests tell of the files of a run."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from pipeline.errors import ManifestError
from pipeline.read.assignment import KnownReports
from pipeline.read.folder import Gathering, shown_path
from pipeline.read.manifest import read_manifest


def known_reports(gathering: Gathering, manifest: Path | None) -> KnownReports:
    """What the manifests say of the files: the one that the user names, else those found in the folders.

    A manifest found in a folder tells of the files below that folder, the nearest first; one that the user names
    tells of all files, and those found are passed over. Raises ManifestError where the one named can't be used.
    """
    known = KnownReports(found_ones=manifest is None)
    if manifest is not None:
        table = read_manifest(manifest, shown_path(manifest))
        known.learn(table, gathering.files, _there(table.folder))
        return known
    for found in sorted(gathering.manifests, key=lambda file: -len(PurePosixPath(file.path).parts)):
        below = f"{PurePosixPath(found.path).parent.as_posix()}/" if "/" in found.path else ""
        files = [file for file in gathering.files if file.path.startswith(below)]
        try:
            rows = read_manifest(Path(found.location), found.path)
        except ManifestError as error:
            known.problems.append(error)
        else:
            known.learn(rows, files, _there(rows.folder))
    return known


def manifest_problems(known: KnownReports) -> list[ManifestError]:
    """What is wrong in the manifests, once all files were opened."""
    return sorted((*known.problems, *known.unmet()), key=lambda problem: problem.where)


def _there(folder: str) -> Callable[[str], bool]:
    return lambda file: os.path.lexists(os.path.join(folder, file))
