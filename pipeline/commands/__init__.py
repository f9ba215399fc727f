"""The commands that ask the database, one module for each group of them; `pipeline.cli` registers them.

Heavy imports stand in the functions, so that help and wrong use answer at once.
"""
