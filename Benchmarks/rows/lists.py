"""Lists in which no two entries may be equal (`uniqueItems`), with 60,000 objects."""
import formats
from bench import median
from rows import row
from rows.wide import Pulled
from table import Result

SECTION = "60,000 objects of which no two may be equal"


def command(bench, asked=True, records=False):
    folder = bench.own_formats / f"unique-{asked}-{records}"
    formats.write_unique(folder, asked, records)
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


def edited(bench, records):
    """A whole entry becomes the one before it, and itself again; asked for, since a finding that never comes is told by nobody."""
    bench.close()
    file = bench.file("unique", 60_000)
    pulled = Pulled(bench, file, command(bench, records=records))
    samples, missed = [], 0
    for _ in range(bench.count(60)):
        number = bench.chance.randrange(1, bench.number(60_000))
        mine, other = (f'{{"name": "n{at:06d}", "at": [{at}, {at + 1}], "of": {{"row": {at % 100}}}}}'
                       for at in (number, number - 1))
        start = file.content.index(mine.encode())
        for old, new, wanted in ((mine, other, 1), (other, mine, 0)):
            took, found = pulled.replace(start, start + len(old), new)
            samples.append(took)
            missed += found != wanted
    pulled.server.leave()
    return Result(samples, bench.loads(file), f"wrong {missed} of {len(samples)} times" if missed else "", failed=bool(missed))


@row("unique-edit", "an entry is made equal to its neighbor, and different again", SECTION, goal=5)
def unique_edit(bench):
    return edited(bench, records=False)


@row("unique-edit-records", "the same in a format that looks at each entry by itself", SECTION, goal=5)
def unique_edit_records(bench):
    return edited(bench, records=True)
