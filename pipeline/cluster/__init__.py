"""A run spread over many machines by Dask distributed: `pip install chidao[cluster]`.

Around the rooms, beside `batch`: the work on one report is the same (`pipeline.batch.jobs`), and so are the records.

    engine     the run as a whole
    reading    its first pass: files to reports, duplicates found
    writing    its second pass: kept reports to tables
    scheduler  tasks on a Dask scheduler: few at a time, again where a worker goes
    tasks      what a worker does: a group of files to reports, a part of the kept reports to tables
    storage    files by fsspec URL: local, shared, in memory, on an object store
    listing    which of them are reports

A task reads its input from the storage and writes one file under a name of its own, always with the same bytes: done
twice, because the worker that did it went, it leaves what it leaves when done once.
"""
