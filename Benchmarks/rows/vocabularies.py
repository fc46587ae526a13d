"""Lists of labels with a million products: the first start, which compiles the list, later ones, and what is asked of it."""
import json
import os
import re

from rows import row
from table import Result, Unable
from vocabulary import Shop, age, folded

SECTION = "A list of 1,000,000 labels"


def shop(bench):
    return bench.once("shop", lambda: Shop(bench, 5000 if bench.quick else 1_000_000))


def desk(bench):
    """One that has the list, which rows that follow each other share."""
    if bench.session_key != "desk":
        bench.close()
        bench.session, bench.session_key = shop(bench).open(), "desk"
        bench.session.until_known()
    return bench.session


@row("terms-compile", "first start: until a label is offered, the list compiled", SECTION)
def terms_compile(bench):
    bench.close()
    opened = shop(bench).open()
    took = opened.until_known()
    opened.leave()
    return Result([took], note=f"{shop(bench).list.stat().st_size / 1e6:.0f} MB of CSV")


@row("terms-load", "a later start: until a label is offered", SECTION, goal=300)
def terms_load(bench):
    bench.close()
    samples = []
    for _ in range(bench.count(60) // 20 or 1):
        opened = shop(bench).open()
        samples.append(opened.until_known())
        opened.leave()
    return Result(samples, bench.python())


def slip(chance, word):
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2:]


# What is typed of a product: (id of the row, what it is, how, whether the product must be among what is offered).
TYPED = [
    ("prefix", "prefix of a name", lambda chance, product: product[1].split()[0][:5], False),
    ("whole", "whole name", lambda chance, product: product[1], True),
    ("plain", "name without accents", lambda chance, product: folded(product[1]), True),
    ("synonym", "synonym", lambda chance, product: product[2], True),
    ("words", "two beginnings of words", lambda chance, product: " ".join(
        word[:4] for word in product[1].split()[:2]), False),
    ("typo", "a slip of the keyboard", lambda chance, product: slip(chance, product[1].split()[0]), False),
    ("id", "first seven digits of an id", lambda chance, product: product[0][:7], False)]


def add(id, what, query, is_exact):
    @row("terms-" + id, "completion: " + what, SECTION, goal=5)
    def measure(bench):
        opened = desk(bench)
        samples, missed = [], 0
        for product in bench.chance.sample(shop(bench).catalogue.known, bench.count(60)):
            took, offered = opened.complete(query(bench.chance, product))
            samples.append(took)
            missed += not offered or (is_exact and product[0] not in offered)
        return Result(samples, note=f"not offered {missed} times" if missed else "", failed=missed == len(samples))


for typed in TYPED:
    add(*typed)


@row("terms-hover", "hover over a label", SECTION, goal=3)
def terms_hover(bench):
    opened = desk(bench)
    samples, missed = [], 0
    for product in bench.chance.sample(shop(bench).catalogue.known, bench.count(60)):
        opened.write(product[0])
        took, answer = opened.server.request("textDocument/hover", {
            "textDocument": {"uri": opened.uri}, "position": opened.place(product[0][:3])})
        missed += product[0] not in json.dumps(answer)
        samples.append(took * 1000)
    return Result(samples, note=f"not shown {missed} times" if missed else "", failed=bool(missed))


@row("terms-rule", "a rule in code looks a name up, its process started for it", SECTION)
def terms_rule(bench):
    """A product's name in the place of its barcode, in a shelf of the same dataset; the fix has the barcode."""
    opened = desk(bench)
    product = shop(bench).catalogue.known[1]
    uri = (shop(bench).dataset / "shelf.json").as_uri()
    sent = opened.server.open(uri, "json", json.dumps({
        "concord": "1.0", "domain": "retail-sku", "profile": "shelf", "samples": [{
            "id": "s1", "sources": [{"id": "f", "modality": "image", "uri": "a.jpg", "width": 1000, "height": 800}],
            "annotations": [{"id": "a1", "source": "f", "kind": "bbox", "bbox": [1, 2, 30, 40],
                             "label": product[1]}]}]}, ensure_ascii=False))
    mine = lambda params: [one for one in params["diagnostics"] if one.get("code") == "retail-sku/gtin-form-invalid"]
    arrival, params = opened.server.wait_for(
        "textDocument/publishDiagnostics", lambda params: params["uri"] == uri and mine(params), bench.limit)
    found = mine(params)[0]
    _, actions = opened.server.request("textDocument/codeAction", {
        "textDocument": {"uri": uri}, "range": found["range"], "context": {"diagnostics": [found]}})
    opened.server.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    right = product[0] in json.dumps(actions)
    return Result([(arrival - sent) * 1000], note="" if right else "its fix has not the barcode", failed=not right)


@row("terms-change", "one product changes in the saved list, with a rest of 300 ms: until the manifest says so", SECTION)
def terms_change(bench):
    opened, kept = desk(bench), shop(bench)
    product = kept.catalogue.known[2]
    opened.write(product[0])
    text = kept.list.read_bytes()
    end = text.index(b"\n", text.index(product[0].encode()))
    retired = text[:end] + b"yes" + text[end:]
    samples = []
    for _ in range(1 if bench.quick else 5):
        for content, there in ((retired, lambda codes: "term/deprecated" in codes),
                               (text, lambda codes: "term/deprecated" not in codes)):
            new = kept.list.with_suffix(".new")
            new.write_bytes(content)
            os.replace(new, kept.list)
            sent = opened.server.notify("workspace/didChangeWatchedFiles", {
                "changes": [{"uri": kept.list.as_uri(), "type": 2}]})
            samples.append((opened.until(there) - sent) * 1000)
    age(kept.list)
    return Result(samples)


@row("terms-memory", "memory (PSS of server and workers) after that, but what the system may take back", SECTION, unit="MB")
def terms_memory(bench):
    own = files = 0
    for process in desk(bench).server.processes():
        with open(f"/proc/{process}/smaps_rollup") as file:
            for line in file:
                name, _, rest = line.partition(":")
                own += int(rest.split()[0]) * 1024 if name in ("Pss_Anon", "Pss_Shmem") else 0
                files += int(rest.split()[0]) * 1024 if name == "Pss_File" else 0
    return Result([own / 1e6], note=f"and {files / 1e6:.0f} MB of mapped files")


@row("terms-typing", "a letter typed in the open list of 10,000, and taken out: until the manifest says so", SECTION)
def terms_typing(bench):
    bench.close()
    small = bench.once("small shop", lambda: Shop(bench, 10_000))
    opened = small.open()
    opened.until_known()
    product = small.catalogue.known[3]
    opened.write(product[0])
    text = small.list.read_text()
    lines = text.split("\n")
    line = next(number for number, row in enumerate(lines) if row.startswith(product[0]))
    uri, samples = small.list.as_uri(), []
    opened.server.open(uri, "csv", text)
    end = (line, len(lines[line].encode()))
    for turn in range(1, bench.count(200) // 10 + 2):
        sent = opened.server.change(uri, 2 * turn, end, end, "x")
        samples.append((opened.until(lambda codes: "term/deprecated" in codes) - sent) * 1000)
        sent = opened.server.change(uri, 2 * turn + 1, end, (end[0], end[1] + 1), "")
        samples.append((opened.until(lambda codes: "term/deprecated" not in codes) - sent) * 1000)
    opened.leave()
    return Result(samples)


def searches(bench):
    """What `OntologyBench` prints of the index alone, without a server: name and milliseconds."""
    program = bench.products / "OntologyBench"
    if not program.exists():
        raise Unable(f"{program} is not built")
    _, printed = bench.run([str(program), "10000" if bench.quick else "1000000"])
    text = printed.decode()
    opened = float(re.search(r"^open ([0-9.]+) ms", text, re.M)[1])
    return opened, [(name, float(took)) for name, took in re.findall(r"^(.*): first .* ms, median ([0-9.]+) ms", text, re.M)]


@row("terms-index-load", "the compiled list opened, without a server (`OntologyBench`)", SECTION, goal=300)
def terms_index_load(bench):
    bench.close()
    return Result([bench.once("searches", lambda: searches(bench))[0]])


@row("terms-index-search", "searches in it, of each the median; processor time", SECTION, goal=5)
def terms_index_search(bench):
    found = bench.once("searches", lambda: searches(bench))[1]
    slowest = max(found, key=lambda one: one[1])
    return Result([took for _, took in found], note=f"slowest: {slowest[0]}")
