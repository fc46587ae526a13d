"""Everything that is measured. A row is one small function; its line in the table comes from `@row`."""
import table

ROWS = []


def row(id, what, section, goal=None, p99=None, unit="ms"):
    """Adds a function as a row. `goal` is of the median."""
    def add(measure):
        wanted = table.Goal(goal, p99) if goal is not None or p99 is not None else None
        ROWS.append(table.Row(id, what, measure, section, wanted, unit))
        return measure
    return add


def load():
    """All rows, in the order of the table. Those that share what they have open stand together."""
    from rows import (  # noqa: F401
        starting, opening, typing, asking, wide, disturbed, lists, formats, datasets, vocabularies, commandline, duplicates, faults,
        standards, others)
    return ROWS
