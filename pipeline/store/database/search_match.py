"""A query as the index of each database takes it: FTS5 on SQLite, `tsquery` on PostgreSQL.

Words are made of letters and digits alone (`search_words.WORD`), so nothing in them can mean anything to the index.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, select, text

from pipeline.store.database.search_query import Clause, Query


def matching(connection: Connection, table: str, query: Query, *, folded: bool, together: bool) -> ColumnElement[bool]:
    """The condition that entries of a table of words hold the query. On PostgreSQL an entry may pass that has the pairs
    of a phrase apart, or its words as written beside a phrase that lacks marks: the text decides."""
    if connection.dialect.name == "sqlite":
        sought = fts5_query(query.clauses(folded=folded, together=together), "folded" if folded else "exact")
        return and_(text(f"{table} MATCH :match").bindparams(bindparam("match", sought, unique=True)))
    conditions = []
    if folded or together:
        sought = tsquery(query.clauses(folded=True, together=together), pairs=True)
        # `unaccent` stands on both sides, so that its idea of a letter without marks is the same on both; here it is
        # asked once, and not for each entry.
        sought = str(connection.scalar(select(func.unaccent(sought))))
        condition = text(f"{table}.folded @@ CAST(:pairs AS tsquery)")
        conditions.append(condition.bindparams(bindparam("pairs", sought, unique=True)))
    if not folded:
        sought = tsquery(query.clauses(folded=False, together=together), pairs=False)
        condition = text(f"{table}.exact @@ CAST(:words AS tsquery)")
        conditions.append(condition.bindparams(bindparam("words", sought, unique=True)))
    return and_(*conditions)


def fts5_query(clauses: Sequence[Clause], column: str) -> str:
    """The clauses in the language of FTS5: `exact : (("chuyển đổi số" OR "cđs") AND ("tỉnh"))`."""
    made = []
    for clause in clauses:
        sides = []
        for one in clause:
            quoted = [" ".join(one.words)] if one.together else one.words
            sides.append(" AND ".join(f'"{words}"' for words in quoted))
        made.append("(" + " OR ".join(f"({side})" for side in sides) + ")")
    return f"{column} : ({' AND '.join(made)})"


def tsquery(clauses: Sequence[Clause], *, pairs: bool) -> str:
    """The clauses as a `tsquery`: `('chuyen_doi' & 'doi_so' | 'cds') & ('tinh')`; without pairs, words alone."""
    made = []
    for clause in clauses:
        sides = (one.terms if pairs else tuple(dict.fromkeys(one.words)) for one in clause)
        made.append("(" + " | ".join(" & ".join(f"'{term}'" for term in side) for side in sides) + ")")
    return " & ".join(made)
