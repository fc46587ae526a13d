"""Rows and how they are shown: what was measured beside its goal and beside a reference of the same run."""
import dataclasses
import statistics


class Unable(Exception):
    """Why a row could not be measured here. Said in the table, never left out."""


@dataclasses.dataclass
class Goal:
    """What DESIGN.md or the issue asks for, in the row's unit. Of speeds, at least that; of everything else, at most."""
    median: float | None = None
    p99: float | None = None

    def text(self, row):
        sign = "≥" if row.more_is_better else "≤"
        parts = [f"{sign} {figure(self.median)} {row.unit}"] if self.median is not None else []
        parts += [f"p99 {sign} {figure(self.p99)} {row.unit}"] if self.p99 is not None else []
        return ", ".join(parts)


@dataclasses.dataclass
class Row:
    """One line of the table. `measure(bench)` gives a `Result` or raises `Unable`."""
    id: str
    what: str
    measure: object
    section: str
    goal: Goal | None = None
    unit: str = "ms"

    @property
    def more_is_better(self):
        return self.unit in ("MB/s", "cores", "%")


@dataclasses.dataclass
class Result:
    samples: list
    """In the row's unit."""
    reference: tuple | None = None
    """(name, figure in the row's unit)."""
    note: str = ""
    others: list = dataclasses.field(default_factory=list)
    """More references, those from PyPI that are there."""
    failed: bool = False
    """Something was wrong, not slow: a finding was lost, or a program ended."""

    @property
    def median(self):
        return statistics.median(self.samples)

    @property
    def p99(self):
        ordered = sorted(self.samples)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


@dataclasses.dataclass
class Line:
    row: Row
    result: Result | None = None
    reason: str = ""
    failed: bool = False
    is_judged: bool = True
    """Not in a quick run: its sizes are not those of the goals."""

    def holds(self):
        """Whether the goal is met; `None` where there is none, or no figure for it."""
        goal, result = self.row.goal, self.result
        if goal is None or result is None or not self.is_judged:
            return None
        if result.failed:
            return False
        if self.row.more_is_better:
            return result.median >= goal.median
        within = goal.median is None or result.median <= goal.median
        return within and (goal.p99 is None or len(result.samples) == 1 or result.p99 <= goal.p99)

    def cells(self):
        result, row = self.result, self.row
        goal = row.goal.text(row) if row.goal else ""
        if result is None:
            return [row.id, row.what, goal, f"not measured: {self.reason}", "", "", "", "", "", ""]
        many = len(result.samples) > 1
        name, of = result.reference or ("", None)
        verdict = {True: "yes", False: "**no**", None: ""}[self.holds()]
        note = f"; {result.note}" if result.note else ""
        references = [f"{name} {figure(of)}"] if result.reference else []
        references += [f"{other} {figure(value)}" if value is not None else other for other, value in result.others]
        return [
            row.id, row.what + note, goal, f"{figure(result.median)} {row.unit}", figure(result.p99) if many else "",
            figure(max(result.samples)) if many else "", str(len(result.samples)), "; ".join(references),
            ratio(result.median, of) if result.reference else "", verdict]


HEADER = ["row", "what", "goal", "median", "p99", "worst", "samples", "beside (same unit)", "of the first", "holds"]


def figure(value):
    """Three digits that matter, or all before the point."""
    if value is None:
        return ""
    if value == 0:
        return "0"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def ratio(value, of):
    if not of:
        return ""
    share = value / of
    return f"1/{1 / share:,.0f}" if 0 < share < 0.095 else f"{share:.2f}"


def markdown(lines):
    """Tables of sections, in the order in which they come."""
    out, section = [], None
    for line in lines:
        if line.row.section != section:
            section = line.row.section
            out += ["", f"## {section}", "", "| " + " | ".join(HEADER) + " |", "| " + " | ".join(["---"] * len(HEADER)) + " |"]
        out.append("| " + " | ".join(cell.replace("|", "\\|") for cell in line.cells()) + " |")
    return "\n".join(out)


def summary(lines):
    """Which goals hold, and which don't, in sentences."""
    judged = [line for line in lines if line.row.goal and line.is_judged]
    if not judged:
        return "No goal was judged."
    met = [line.row.id for line in judged if line.holds()]
    missed = [line for line in judged if line.holds() is False]
    unknown = [line.row.id for line in judged if line.holds() is None]
    out = [f"{len(met)} of {len(judged)} goals hold."]
    if missed:
        out.append("Not yet: " + "; ".join(
            f"`{line.row.id}` ({figure(line.result.median)} {line.row.unit}, goal {line.row.goal.text(line.row)})"
            for line in missed) + ".")
    if unknown:
        out.append("Not measured: " + ", ".join(f"`{name}`" for name in unknown) + ".")
    return "\n".join(out)
