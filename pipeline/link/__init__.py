"""Room 5: what a report's candidates mean, each decided once or left open with a reason.

In come mentions and dates; out come identified bodies and resolved deadlines. Nothing here reads a report's file.
"""
