#!/usr/bin/env python3
"""A dataset whose list of labels has many products, up to a million, through the server: the first start, which compiles the list, a later
one, which finds it compiled, what helps somebody who types a label, and one product changed in the list.

Everything lies in a temporary folder, the cache too, and is removed. Prints tables; asserts nothing about time.
"""
import argparse
import json
import os
import pathlib
import random
import shutil
import statistics
import sys
import tempfile
import time
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Scripts"))
from lsp_client import Server  # noqa: E402

PUBLISH = "textDocument/publishDiagnostics"
SYLLABLES = ["mi", "sữa", "đường", "tra", "bo", "ka", "len", "tu", "ri", "so", "pha", "cha", "ne", "go", "vi", "ước"]
AMOUNTS = ["0 g", " kg", "0 ml", " l"]
SCHEMA = {
    "type": "object", "required": ["benchmark", "samples"], "properties": {
        "benchmark": {"const": "labels"},
        "samples": {"type": "array", "items": {"type": "object", "properties": {
            "label": {"type": "string", "x-term": {"ontology": "skus"}}}}}}}
PLUGIN = {
    "id": "bench-labels", "version": "1.0.0", "name": "Labels of products", "dialects": [{
        "id": "labels", "name": "labels of products", "syntax": "json", "schema": "schemas/labels.json",
        "files": ["*.json"], "probe": {"required": ["benchmark", "samples"], "values": {"/benchmark": "labels"}},
        "records": ["/samples/*"]}]}


class Catalogue:
    """Shop articles with names in two languages, of as many different words as a real catalogue has."""

    def __init__(self, count, seed):
        self.chance = random.Random(seed)
        # A sample of what is in the list, to ask for: (id, Vietnamese name, synonym).
        self.known = []
        self.count = count
        self.words = [self.word(number) for number in range(16, 200_016)]

    @staticmethod
    def word(number):
        word = ""
        while number > 0:
            word += SYLLABLES[number % 16]
            number //= 16
        return word

    def name(self, words):
        chance = self.chance
        # Some words stand in many names, most in few.
        chosen = [self.words[chance.randrange(200_000 if chance.random() < 0.25 else 3000)] for _ in range(words)]
        return f"{' '.join(chosen)} {chance.randrange(1, 90)}{chance.choice(AMOUNTS)}"

    def write(self, path):
        step = max(1, self.count // 500)
        with open(path, "w", encoding="utf-8") as file:
            file.write("id,name_vi,name_en,synonyms_vi,parent,deprecated\n")
            for number in range(self.count):
                chance = self.chance
                row = [f"893{number:09d}{chance.randrange(10)}", self.name(chance.randrange(2, 5)),
                       self.name(chance.randrange(2, 5)), self.name(2) if number % 3 == 0 else "",
                       f"c{chance.randrange(2000)}", "yes" if number % 20 == 7 else ""]
                if number % step == 0 and row[3] and not row[5]:
                    self.known.append((row[0], row[1], row[3]))
                file.write(",".join(row) + "\n")
        age(path)


def age(path):
    """A file of a while ago: one that has just changed may change again within a step of the file system's clock."""
    then = time.time() - 60
    os.utime(path, (then, then))


def folded(text):
    return "".join(c for c in unicodedata.normalize("NFD", text.lower().replace("đ", "d")) if not unicodedata.combining(c))


def memory(server):
    """Of the server and its workers, in bytes: their own, and what they share of files, which the system may take back."""
    own, files = 0, 0
    for pid in server.processes():
        try:
            with open(f"/proc/{pid}/smaps_rollup") as file:
                for line in file:
                    name, _, rest = line.partition(":")
                    if name in ("Pss_Anon", "Pss_Shmem"):
                        own += int(rest.split()[0]) * 1024
                    elif name == "Pss_File":
                        files += int(rest.split()[0]) * 1024
        except OSError:
            pass
    return own, files


def status(pid, key):
    with open(f"/proc/{pid}/status") as file:
        return next((int(line.split()[1]) * 1024 for line in file if line.startswith(key)), 0)


class Desk:
    """A server with one manifest of the dataset open. `label` is what stands in its first sample."""

    def __init__(self, command, dataset, labels):
        self.started = time.perf_counter()
        self.server = Server(command)
        self.server.initialize(root=dataset.as_uri(), options={"typingPause": 0})
        self.uri = (dataset / "labels.json").as_uri()
        self.label = labels[0]
        self.version = 1
        rows = ",\n".join(json.dumps({"label": label}, ensure_ascii=False) for label in labels)
        self.text = '{"benchmark": "labels", "samples": [\n' + rows + "\n]}\n"
        self.server.open(self.uri, "json", self.text)

    def place(self, typed=""):
        """Behind what is typed of the first label, as the server counts: in bytes."""
        return {"line": 1, "character": len('{"label": "') + len(typed.encode())}

    def write(self, label):
        self.version += 1
        start, end = self.place()["character"], self.place(self.label)["character"]
        self.server.change(self.uri, self.version, (1, start), (1, end), label)
        self.label = label

    def complete(self, typed):
        self.write(typed)
        took, answer = self.server.request("textDocument/completion", {
            "textDocument": {"uri": self.uri}, "position": self.place(typed)})
        return took, (answer or {}).get("items", [])

    def offered(self, items):
        return [(item.get("textEdit") or {}).get("newText", "").strip('"') for item in items]

    def until_known(self, product):
        """Seconds from the start until a product's id is offered for its name."""
        while product[0] not in self.offered(self.complete(product[1])[1]):
            time.sleep(0.01)
        return time.perf_counter() - self.started

    def until(self, there):
        arrival, _ = self.server.wait_for(
            PUBLISH, lambda p: p["uri"] == self.uri and there([f.get("code") for f in p["diagnostics"]]), 120)
        return arrival


class Bench:
    def __init__(self, command, folder, count, seed):
        self.command = command
        self.dataset = folder / "dataset"
        self.dataset.mkdir()
        self.list = self.dataset / "products.csv"
        self.catalogue = Catalogue(count, seed)
        self.catalogue.write(self.list)
        self.chance = random.Random(seed)
        (self.dataset / "concord.json").write_text('{"vocabularies": {"skus": "products.csv"}}')
        self.rows = []

    @property
    def labels(self):
        return [product[0] for product in self.catalogue.known[:50]]

    def row(self, what, samples, of=1000, unit="ms"):
        ordered = sorted(samples)
        figures = [statistics.median(ordered), ordered[-1]]
        self.rows.append((what, len(samples), *(f"{figure * of:.2f} {unit}" for figure in figures)))

    def start(self, what):
        desk = Desk(self.command, self.dataset, self.labels)
        self.row(what, [desk.until_known(self.catalogue.known[0])], of=1, unit="s")
        return desk

    def measure(self):
        desk = self.start("first start: first right completion, the list compiled")
        self.peak = status(desk.server.process.pid, "VmHWM:")
        desk.server.leave()
        # Starting a server takes its time whatever the list.
        desk = Desk(self.command, self.dataset, self.labels)
        desk.server.request("textDocument/hover", {"textDocument": {"uri": desk.uri}, "position": desk.place()})
        self.row("later start: first answer", [time.perf_counter() - desk.started], of=1, unit="s")
        desk.server.leave()
        desk = self.start("later start: first right completion")
        self.memory = [(memory(desk.server), "once started")]
        self.completions(desk)
        self.hover(desk)
        self.shelf(desk)
        self.memory.append((memory(desk.server), "after all of the above, with a plugin's code looking terms up"))
        if self.catalogue.count <= 20_000:
            self.typing(desk)
        self.edits(desk)
        self.memory.append((memory(desk.server), "after the changes"))
        self.status = desk.server.leave()
        desk = self.start("start after the list was changed: first right completion")
        desk.server.leave()

    def completions(self, desk):
        kinds = {
            "prefix of a name": lambda product: product[1].split()[0][:5],
            "whole name": lambda product: product[1],
            "without accents": lambda product: folded(product[1]),
            "synonym": lambda product: product[2],
            "two beginnings of words": lambda product: " ".join(word[:4] for word in product[1].split()[:2]),
            "a slip of the keyboard": lambda product: self.slip(product[1].split()[0]),
            "first seven digits of an id": lambda product: product[0][:7],
        }
        whole = {"whole name", "without accents", "synonym"}
        for what, query in kinds.items():
            samples = []
            for product in self.chance.sample(self.catalogue.known, 25):
                took, items = desk.complete(query(product))
                samples.append(took)
                offered = desk.offered(items)
                if not offered or (what in whole and product[0] not in offered):
                    print(f"note: {what}: `{query(product)}` did not find {product[0]}")
            self.row("completion: " + what, samples)

    def slip(self, word):
        at = self.chance.randrange(1, len(word) - 1)
        return word[:at] + word[at + 1] + word[at] + word[at + 2:]

    def hover(self, desk):
        samples = []
        for product in self.chance.sample(self.catalogue.known, 25):
            desk.write(product[0])
            took, answer = desk.server.request("textDocument/hover", {
                "textDocument": {"uri": desk.uri}, "position": desk.place(product[0][:3])})
            if product[0] not in json.dumps(answer):
                print(f"note: hover did not show {product[0]}")
            samples.append(took)
        self.row("hover on a label", samples)

    def shelf(self, desk):
        """A product's name in the place of its barcode: a rule in code looks it up in the same list, and its fix has the barcode."""
        product = self.catalogue.known[1]
        uri = (self.dataset / "shelf.json").as_uri()
        desk.server.open(uri, "json", json.dumps({
            "concord": "1.0", "domain": "retail-sku", "profile": "shelf", "samples": [{
                "id": "s1", "sources": [{"id": "f", "modality": "image", "uri": "a.jpg", "width": 1000, "height": 800}],
                "annotations": [{"id": "a1", "source": "f", "kind": "bbox", "bbox": [1, 2, 30, 40],
                                 "label": product[1]}]}]}, ensure_ascii=False))
        sent = time.perf_counter()
        arrival, params = desk.server.wait_for(PUBLISH, lambda p: p["uri"] == uri and any(
            f.get("code") == "retail-sku/gtin-form-invalid" for f in p["diagnostics"]), 60)
        found = next(f for f in params["diagnostics"] if f.get("code") == "retail-sku/gtin-form-invalid")
        self.row("a rule in code looks a name up, its process started for it", [arrival - sent])
        _, actions = desk.server.request("textDocument/codeAction", {
            "textDocument": {"uri": uri}, "range": found["range"], "context": {"diagnostics": [found]}})
        if product[0] not in json.dumps(actions):
            print(f"note: the rule did not find {product[0]}")

    def edits(self, desk):
        """One product is taken out of use in the saved list, and put back: until the open manifest says so."""
        product = self.catalogue.known[2]
        desk.write(product[0])
        text = self.list.read_bytes()
        at = text.index(product[0].encode())
        end = text.index(b"\n", at)
        retired = text[:end] + b"yes" + text[end:]
        appear, vanish = [], []
        for turn in range(5):
            for content, samples, there in [
                    (retired, appear, lambda codes: "term/deprecated" in codes),
                    (text, vanish, lambda codes: "term/deprecated" not in codes)]:
                new = self.list.with_suffix(".new")
                new.write_bytes(content)
                os.replace(new, self.list)
                sent = desk.server.notify("workspace/didChangeWatchedFiles", {
                    "changes": [{"uri": self.list.as_uri(), "type": 2}]})
                samples.append(desk.until(there) - sent)
        self.row("one product changed in the saved list: finding appears", appear)
        self.row("one product changed back: finding vanishes", vanish)
        self.list.write_bytes(retired)
        age(self.list)

    def typing(self, desk):
        """The same in the open list, letter by letter."""
        product = self.catalogue.known[3]
        desk.write(product[0])
        text = self.list.read_text()
        lines = text.split("\n")
        line = next(number for number, row in enumerate(lines) if row.startswith(product[0]))
        uri = self.list.as_uri()
        desk.server.open(uri, "csv", text)
        appear, vanish = [], []
        for turn in range(1, 11):
            end = (line, len(lines[line].encode()))
            sent = desk.server.change(uri, 2 * turn, end, end, "x")
            appear.append(desk.until(lambda codes: "term/deprecated" in codes) - sent)
            sent = desk.server.change(uri, 2 * turn + 1, end, (end[0], end[1] + 1), "")
            vanish.append(desk.until(lambda codes: "term/deprecated" not in codes) - sent)
        self.row("a letter typed in the open list: finding appears", appear)
        self.row("the letter taken out: finding vanishes", vanish)
        desk.server.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def print(self):
        size = self.list.stat().st_size / 1e6
        cached = sum(file.stat().st_size for file in pathlib.Path(os.environ["XDG_CACHE_HOME"]).rglob("*") if file.is_file())
        print(f"\n## A list of {self.catalogue.count:,} products, {size:.0f} MB of CSV\n")
        print("| what | samples | median | worst |\n| --- | --- | --- | --- |")
        for row in self.rows:
            print("| " + " | ".join(map(str, row)) + " |")
        print(f"\ncompiled: {cached / 1e6:.0f} MB; most memory of the server that compiled it: {self.peak / 1e6:.0f} MB")
        for (own, files), when in self.memory:
            print(f"memory (PSS, server and workers) {when}: {own / 1e6:.0f} MB, and {files / 1e6:.0f} MB of mapped files")
        print(f"exit status {self.status}; a change is taken up after a rest of 300 ms, which is in the figures", flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--server", required=True)
    options.add_argument("--plugins", required=True)
    options.add_argument("--terms", default="10000,1000000")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    for terms in map(int, chosen.terms.split(",")):
        run(chosen, terms)


def run(chosen, terms):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="concord-bench-"))
    try:
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        plugin = folder / "plugins" / "bench-labels"
        (plugin / "schemas").mkdir(parents=True)
        (plugin / "plugin.json").write_text(json.dumps(PLUGIN))
        (plugin / "schemas" / "labels.json").write_text(json.dumps(SCHEMA))
        command = [chosen.server, "lsp", "--plugins", str(folder / "plugins"), "--plugins", chosen.plugins,
                   "--log-level", "error"]
        bench = Bench(command, folder, terms, chosen.seed)
        bench.measure()
        bench.print()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
