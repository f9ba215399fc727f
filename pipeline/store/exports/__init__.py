"""Exports: the tasks chosen, as a file that another program opens.

Enters: rows of tasks, or documents with the tasks chosen, from a folder of results or a database. Leaves: one whole
file in one of the formats of `formats.FORMATS`, or the error that kept it from being written. Never: a half file under
the final name, a changed quotation, an offset that counts something else than the program it is meant for counts.

    sources (what is exported) → formats (the table) → a module for each format → final_file
"""
