"""Lists in which no two entries may be equal (`uniqueItems`), with 60,000 objects."""
import formats
from bench import Session, median
from rows import row
from rows.wide import Pulled
from table import Result

SECTION = "60,000 objects of which no two may be equal"


def command(bench, asked):
    folder = bench.own_formats / ("asked" if asked else "unasked")
    formats.write_unique(folder, asked)
    return bench.command(folder)


def opened(bench, asked):
    """Milliseconds from opening to settled."""
    def run():
        bench.close()
        file = bench.file("unique", 60_000)
        samples = []
        for _ in range(1 if bench.quick else 3):
            pulled = Pulled(bench, file, command(bench, asked))
            samples.append(pulled.opened)
            pulled.server.leave()
        return samples
    return bench.once(("unique", asked), run)


@row("unique-settle", "opened, until settled", SECTION)
def unique_settle(bench):
    return Result(opened(bench, True), bench.loads(bench.file("unique", 60_000)))


@row("unique", "what that they must differ adds to opening", SECTION, goal=100)
def unique(bench):
    added = median(opened(bench, True)) - median(opened(bench, False))
    return Result([max(0.0, added)], bench.loads(bench.file("unique", 60_000)),
                  f"{median(opened(bench, False)):.0f} ms without")


@row("unique-edit", "an entry is made equal to its neighbor, and different again", SECTION, goal=5)
def unique_edit(bench):
    bench.close()
    file = bench.file("unique", 60_000)
    session = Session(command(bench, True), file, bench.limit)
    session.rest()
    samples = []
    equal = lambda found: any(one["code"] == "schema/unique-items" for one in found)
    for _ in range(bench.count(100)):
        number = bench.chance.randrange(1, bench.number(60_000))
        # The whole entry becomes the one before it.
        mine, other = (f'{{"name": "n{at:06d}", "at": [{at}, {at + 1}], "of": {{"row": {at % 100}}}}}' for at in (number, number - 1))
        start = file.content.index(mine.encode())
        for old, new, told in ((mine, other, equal), (other, mine, lambda found: not equal(found))):
            sent = session.edit(start, start + len(old), new)
            samples.append((session.published(told)[0] - sent) * 1000)
    session.leave()
    return Result(samples, bench.loads(file))
