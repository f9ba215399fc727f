"""The clarity audit: which of the "N rõ" (rõ người, rõ việc, rõ thời gian …) a task states, what to ask of the rest.

    profile = find_profile("pm-2025")
    audits = audit_document(document, profile, "vi")
    for total in total_by(audits, "body", profile): ...

What each slot means stands in `corpus/chains/CLARITY.md`, the words that state it in `lexicon/clarity/`. Lead, deadline
and coordinating bodies are those that the records already have; product, responsibility, authority and effect have
rules of their own. Works on records alone: on documents just read and on those of a database alike.
"""

from __future__ import annotations
