"""Room 6: records become files.

Enters: documents and the record of a run. Leaves: JSON files, tables, and a folder of results that is always
whole. Never: reading a report, judging a task.
"""
