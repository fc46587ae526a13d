"""Formats that are hard on validators: a choice among 1,000 kinds, told apart in two ways, and parts within parts."""
import formats
from bench import File, Session, open_settled
from rows import row
from table import Result

SECTION = "Formats that are hard to check, 1.4 MB on one line"
MEMBER = {"by-constant": rb'"member\d+": ', "by-members": rb'"member\d+": ', "nested": rb'"size": '}


def prepared(bench, name):
    def make():
        formats.write_hard(bench.own_formats / "hard")
        content = (formats.nested_file(1_400_000, bench.chance) if name == "nested"
                   else formats.kinds_file(name, 1_400_000, bench.chance))
        return File(bench.folder / f"{name}.json", content)
    return bench.command(bench.own_formats / "hard"), bench.once(("hard", name), make)


def shared(bench, name):
    if bench.session_key != name:
        bench.close()
        bench.session = Session(*prepared(bench, name), bench.limit)
        bench.session_key = name
        bench.session.rest()
    return bench.session


def settle(bench, name):
    command, file = prepared(bench, name)
    return Result([open_settled(command, file, bench.limit)[0] for _ in range(bench.count(60) // 20 or 1)], bench.loads(file))


def slip(bench, name):
    session = shared(bench, name)
    return Result(session.slips(bench, MEMBER[name], "-"), bench.loads(session.file))


def complete(bench, name, front, typed):
    """Begins a name in front of the one at a random place, or writes into the value that tells kinds apart."""
    session = shared(bench, name)
    samples, offered = [], 0
    for place in session.places(front, bench.count(100), bench.chance):
        session.edit(place, place, typed)
        took, answer = session.ask("completion", place + len(typed))
        offered += len(answer["items"]) if answer else 0
        samples.append(took)
        session.edit(place, place + len(typed), "")
    return Result(samples, bench.loads(session.file), f"{offered / len(samples):.1f} offers")


@row("kinds-settle", "1,000 kinds told apart by a constant: until settled", SECTION)
def kinds_settle(bench):
    return settle(bench, "by-constant")


@row("kinds-type", "the same, a minus before a number and away again", SECTION)
def kinds_type(bench):
    return slip(bench, "by-constant")


@row("kinds-complete", "the same, completion of the constant", SECTION)
def kinds_complete(bench):
    return complete(bench, "by-constant", rb'"kind": "', "kind-0")


@row("members-settle", "1,000 kinds told apart by what must be there: until settled", SECTION)
def members_settle(bench):
    return settle(bench, "by-members")


@row("members-type", "the same, a minus before a number and away again", SECTION)
def members_type(bench):
    return slip(bench, "by-members")


@row("members-complete", "the same, completion of a name", SECTION)
def members_complete(bench):
    return complete(bench, "by-members", rb'\{(?="member0)', '"member00')


@row("nested-settle", "parts within parts, nine deep: until settled", SECTION)
def nested_settle(bench):
    return settle(bench, "nested")


@row("nested-type", "the same, a minus before a number and away again", SECTION)
def nested_type(bench):
    return slip(bench, "nested")


@row("nested-complete", "the same, completion of a name", SECTION)
def nested_complete(bench):
    return complete(bench, "nested", rb'\{(?="size")', '"')
