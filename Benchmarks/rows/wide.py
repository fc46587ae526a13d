"""Edits on which 60,000 records depend: until what was touched is published, and until all is."""
import re
import time

from lsp_client import Server
from rows import row
from table import Result

SECTION = "Wide edits, 60,000 boxes"
CATEGORY = rb'"categories": \[\{"id": '
WIDTH = rb'"uri": "tile.png", "width": '


def category(bench):
    """The id of the category that all boxes have becomes another, and that again: milliseconds to the first publication after each
    edit, to the one that tells of all boxes, and to the one that tells of none."""
    session = bench.open("boxes", 60_000)
    place = re.search(CATEGORY, session.text).end()
    number = str(bench.number(60_000))
    first, all, none = [], [], []
    for _ in range(2 if bench.quick else 6):
        for length, text, last, told in (
                (0, "9", all, lambda found: any(number in one["message"].replace(",", "") for one in found)),
                (1, "", none, lambda found: not found)):
            sent = session.edit(place, place + length, text)
            arrival, found = session.published(lambda found: True)
            first.append((arrival - sent) * 1000)
            if not told(found):
                arrival, _ = session.published(told)
            last.append((arrival - sent) * 1000)
        session.rest()
    return first, all, none, bench.loads(session.file)


@row("wide-category-first", "the id of a category all boxes have: first publication", SECTION, goal=5)
def wide_category_first(bench):
    first, _, _, reference = bench.once("wide-category", lambda: category(bench))
    return Result(first, reference)


@row("wide-category", "the same, until all of them are told of", SECTION, goal=1000)
def wide_category(bench):
    _, all, _, reference = bench.once("wide-category", lambda: category(bench))
    return Result(all, reference)


@row("wide-category-back", "the id put back, until none is told of", SECTION, goal=1000)
def wide_category_back(bench):
    _, _, none, reference = bench.once("wide-category", lambda: category(bench))
    return Result(none, reference)


@row("wide-header-first", "the size of the picture all boxes lie on, Concord's own manifest: first publication", SECTION, goal=5)
def wide_header_first(bench):
    session = bench.open("own", 60_000)
    place = re.search(WIDTH, session.text).end()
    samples = []
    for _ in range(2 if bench.quick else 6):
        for length, text in ((0, "0.0"), (3, "")):
            sent = session.edit(place, place + length, text)
            samples.append((session.published(lambda found: True)[0] - sent) * 1000)
            session.rest()
    return Result(samples, bench.loads(session.file))


@row("wide-header", "the same, until settled", SECTION, goal=1000)
def wide_header(bench):
    """A server that is asked answers when nothing is waiting any more; one that pushes does not say when that is."""
    bench.close()
    file = bench.file("own", 60_000)
    pulled = Pulled(bench, file)
    place = re.search(WIDTH, file.content).end()
    old = file.content[place:file.content.index(b",", place)].decode()
    samples, found = [], []
    for _ in range(2 if bench.quick else 6):
        for new, before in (("9", old), (old, "9")):
            took, count = pulled.replace(place, place + len(before), new)
            samples.append(took)
            found.append(count)
    pulled.server.leave()
    note = f"{max(found)} findings while it is wrong, {found[-1]} after"
    return Result(samples, bench.loads(file), note, failed=not max(found) or bool(found[-1]))


class Pulled:
    """A server with a file on one line open that is asked for findings instead of being told them."""

    def __init__(self, bench, file, command=None):
        self.limit, self.uri, self.version = bench.limit, file.path.as_uri(), 1
        self.server = Server(command or bench.command())
        self.server.initialize(pulls=True, options={"typingPause": 0})
        sent = self.server.open(self.uri, "json", file.content.decode())
        self.found = self.findings()
        self.opened = (time.perf_counter() - sent) * 1000

    def findings(self):
        _, report = self.server.request("textDocument/diagnostic", {"textDocument": {"uri": self.uri}}, self.limit)
        return report["items"]

    def replace(self, start, end, text):
        """Milliseconds until settled, and how many findings there are then."""
        self.version += 1
        sent = self.server.change(self.uri, self.version, (0, start), (0, end), text)
        found = self.findings()
        return (time.perf_counter() - sent) * 1000, len(found)
