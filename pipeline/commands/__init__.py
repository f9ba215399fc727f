"""Commands of the command line that are many lines: each in a module of its own, registered in `pipeline.cli`.

A command holds arguments and exit codes; the words of its help are keys of the catalogue. Heavy imports stand inside.
"""
