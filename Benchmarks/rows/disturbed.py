"""Keystrokes while the server has much else to do, and what it sends when very much is wrong."""
import json
import os
import re
import time

from bench import File, PUBLISH, Session
from data import boxes, coco
from rows import row
from rows.wide import WIDTH
from table import Result

SECTION = "Typing while much else is done"
CROWD = rb'"iscrowd": '


def pairs_until(session, places, done, limit=60):
    """Types and takes out again at one place after the other until `done(session)`; milliseconds of each edit."""
    samples, ends = [], time.monotonic() + limit
    for place in places:
        samples += session.slip(place, "7", "schema/")
        if done() or time.monotonic() > ends:
            break
    return samples


@row("type-while-indexing", "a digit too many in a file of 1 MB while one of 16 MB beside it is read", SECTION, p99=30)
def type_while_indexing(bench):
    small = bench.file("coco", 1)
    large = File(bench.folder / "large.json", coco(int(bench.megabytes(16) * 1e6), seed=2))
    samples = []
    for _ in range(3):
        session = Session(bench.command(), small, bench.limit)
        session.rest()
        uri = large.path.as_uri()
        session.server.open(uri, "json", large.content.decode())
        # An answer to this comes when the large one is settled; the small one is typed in meanwhile.
        number = ask(session.server, "textDocument/references", {
            "textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}, "context": {"includeDeclaration": True}})
        samples += pairs_until(session, session.places(CROWD, 5000, bench.chance),
                               lambda: number in session.server.answers, bench.limit)
        session.leave()
    return Result(samples, bench.loads(small))


@row("type-while-opening", "a digit too many in a file of 16 MB that is being read itself", SECTION, p99=30)
def type_while_opening(bench):
    file = bench.file("coco", 16)
    samples = []
    for _ in range(3):
        session = Session(bench.command(), file, bench.limit)
        number = ask(session.server, "textDocument/references", {
            "textDocument": {"uri": session.uri}, "position": {"line": 0, "character": 0},
            "context": {"includeDeclaration": True}})
        samples += pairs_until(session, session.places(CROWD, 5000, bench.chance),
                               lambda: number in session.server.answers, bench.limit)
        session.leave()
    return Result(samples, bench.loads(file))


@row("type-while-wide", "a letter too many while the picture under 60,000 boxes has another size", SECTION, p99=30)
def type_while_wide(bench):
    session = bench.open("own", 60_000)
    width = re.search(WIDTH, session.text).end()
    samples = []
    for _ in range(2 if bench.quick else 3):
        for length, text in ((0, "0.0"), (3, "")):
            session.edit(width, width + length, text)
            # All the places lie behind the width, by so much.
            shift = 3 - length
            for place in session.places(rb'"kind": "bbo', bench.count(200) // 10 + 1, bench.chance):
                samples += session.slip(place + shift, "x", "schema/")
            session.rest()
    return Result(samples, bench.loads(session.file))


def ask(server, method, params):
    """Sends a request without waiting; its number, under which `answers` has the answer once it is there."""
    server.next_id += 1
    server._send({"jsonrpc": "2.0", "id": server.next_id, "method": method, "params": params})
    return server.next_id


def flooded(bench):
    """A file of 100,000 boxes, each wrong in a way of its own: edits in it, and the largest publication."""
    bench.close()
    file = bench.file("wrong_boxes", 100_000)
    session = Session(bench.command(), file, bench.limit)
    session.rest()
    samples = []
    for place in session.places(CROWD, bench.count(60), bench.chance):
        samples += session.slip(place, "7", "schema/")
    found = session.published_last
    largest = session.server.largest.get(PUBLISH, 0)
    session.leave()
    return samples, largest, len(found), bench.loads(file)


@row("flood-edit", "a digit too many in a file with 100,000 findings", SECTION, goal=5, p99=15)
def flood_edit(bench):
    samples, _, shown, reference = bench.once("flood", lambda: flooded(bench))
    return Result(samples, reference, f"{shown:,} findings are shown")


@row("flood-size", "the largest publication about it", SECTION, goal=512, unit="KB")
def flood_size(bench):
    _, largest, _, _ = bench.once("flood", lambda: flooded(bench))
    return Result([largest / 1024])


def checkout(bench):
    """10,000 files of a dataset change on disk, as by changing to another branch: each has a finding then, and none before.

    Milliseconds until all are told of, and of keystrokes in an open file meanwhile.
    """
    bench.close()
    number = 200 if bench.quick else 10_000
    folder = bench.folder / "checkout"
    folder.mkdir(exist_ok=True)
    (folder / "concord.json").write_text("{}")
    right, wrong = boxes(4), boxes(4, wrong=True)
    names = [folder / f"{at // 100:03}" / f"{at:05}.json" for at in range(number)]
    for name in names:
        name.parent.mkdir(exist_ok=True)
        name.write_bytes(right)
    file = File(folder / "open.json", coco(200_000))
    session = Session(bench.command(), file, bench.limit, root=folder.as_uri(), options={"scope": "workspace"})
    session.rest()
    samples, told = [], {}

    def take(arrival, params):
        if params["uri"] != session.uri:
            told[params["uri"]] = bool(params["diagnostics"])

    session.server.listener = lambda arrival, method, params: method == PUBLISH and take(arrival, params)
    places = session.places(CROWD, 5000, bench.chance)
    # Everything is read before it changes: nothing more is told for a while.
    session.server.request("workspace/symbol", {"query": "roof"}, bench.limit)
    time.sleep(2 if bench.quick else 10)
    began = time.perf_counter()
    for name in names:
        new = name.with_suffix(".new")
        new.write_bytes(wrong)
        os.replace(new, name)
    written = (time.perf_counter() - began) * 1000
    ends = time.monotonic() + bench.limit
    for place in places:
        samples += session.slip(place, "7", "schema/")
        if sum(told.values()) >= number or time.monotonic() > ends:
            break
    while sum(told.values()) < number and time.monotonic() < ends:
        time.sleep(0.02)
    took = (time.perf_counter() - began) * 1000
    known = sum(told.values())
    session.leave()
    return took, samples, f"{known:,} of {number:,} files told of; writing them took {written:,.0f} ms", known == number, (
        "json.loads", sum(loads_all(names)))


def loads_all(names):
    for name in names:
        began = time.perf_counter()
        json.loads(name.read_bytes())
        yield (time.perf_counter() - began) * 1000


@row("checkout", "10,000 files change on disk at once: until all their findings are told", SECTION)
def checkout_settles(bench):
    took, _, note, whole, reference = bench.once("checkout", lambda: checkout(bench))
    return Result([took], reference, note, failed=not whole)


@row("type-while-checkout", "a digit too many meanwhile", SECTION, p99=30)
def type_while_checkout(bench):
    _, samples, _, _, _ = bench.once("checkout", lambda: checkout(bench))
    return Result(samples)
