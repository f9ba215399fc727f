"""Room 3: the registry of bodies: which names are known, and which body a name means on a day.

In come names and days; out go ids with a reason where none can be given. The register itself is data in
`lexicon/bodies/`. Nothing here reads a report.
"""
