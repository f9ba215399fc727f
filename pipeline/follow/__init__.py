"""Follow-up: what was said of one piece of work over time, joined into matters, and how each stands as of a day.

    read = [pair for document in documents for pair in read_features(document)]
    for matter in make_ledger(read, as_of=date(2025, 6, 30)):
        print(matter.title, matter.standing(date(2025, 6, 30)).status)

The way: `statements` (tasks and progress of a report), `features` (what each is compared by; `vocabulary`, `content`,
`things`, `markings`, `parties`, `abbreviations`), `candidates` (which may meet), `scoring` (how near a statement is to
a matter, with reasons), `joining` (statements to matters), `ledger` (matters with events), `deadlines` and `status`
(how they stand), `attribution` (who a paper says said so), `official_rate`, `choosing` (filters), `listing` (the JSON
contract), `database` and `rejoining` (the same kept in the database, only what is new joined anew). Its knowledge is in
`pipeline/lexicon/follow/`.
"""
