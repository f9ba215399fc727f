"""Room 5: what a report's asks mean, each value decided once or left open with a reason.

In come asks and mentions; out come records: identified bodies, resolved deadlines, directives with their tasks.
Nothing here reads a report's file.
"""
