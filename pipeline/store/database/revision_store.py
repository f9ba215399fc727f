"""A document of a report that is there already: what changed becomes history, what didn't stays as it was."""
