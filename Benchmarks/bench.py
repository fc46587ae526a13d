#!/usr/bin/env python3
"""Edit-to-finding, open and memory on one-line COCO files, beside `json.loads` of the same bytes in the same run.

Latency is from writing the edit to the publication that contains, or no longer contains, the finding that the edit
causes. Prints a table; asserts nothing about time.
"""
import argparse
import json
import os
import pathlib
import random
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Scripts"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from generate import coco  # noqa: E402
from lsp_client import Server  # noqa: E402

PUBLISH = "textDocument/publishDiagnostics"
QUIET = {"typingPause": 0}


def milliseconds(samples):
    ordered = sorted(samples)
    last = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return f"{statistics.median(ordered) * 1000:.2f}", f"{last * 1000:.2f}", f"{ordered[-1] * 1000:.2f}"


class Bench:
    def __init__(self, command, name, data, edits, seed):
        self.command = command
        self.name = name
        self.text = data.decode()
        self.edits = edits
        self.chance = random.Random(seed)
        self.uri = f"file:///nowhere/{name}.json"
        self.version = 1
        self.rows = []
        # Where each annotation begins: the places to edit at.
        self.places = []
        at = self.text.index('"annotations"')
        while (at := self.text.find('"bbox": [', at)) >= 0:
            self.places.append(at)
            at += 1

    def row(self, what, samples):
        self.rows.append((what, len(samples), *milliseconds(samples)))

    def measure(self):
        self.parse()
        self.open_until_settled()
        self.server = Server(self.command)
        self.server.initialize(options=QUIET)
        sent = self.server.open(self.uri, "json", self.text)
        arrival, params = self.server.wait_for(PUBLISH, self.is_ours)
        self.row("open: first publication", [arrival - sent])
        # The publication that is complete comes when nothing is waiting; a settled file of this kind has no findings.
        if params["diagnostics"]:
            print(f"note: {len(params['diagnostics'])} findings at open, e.g. {params['diagnostics'][0]['message']}")
        # What comes right after opening competes with reading the file; it has rows of its own.
        self.keystrokes("first keystroke after open", self.width_of, "-", rule="vision/", pairs=1)
        self.keystrokes("a minus before a width", self.width_of, "-", rule="vision/")
        self.keystrokes("a quote that unbalances", lambda at: at, '"')
        self.keystrokes("a bracket that unbalances", lambda at: at + len('"bbox": ['), "]")
        self.category()
        self.hover()
        self.navigate()
        self.completion("completion of a key", lambda at: at, '"')
        self.completion("completion of an id by its digits", self.category_of, "7")
        self.completion("completion of an id by its name", self.category_of, "class-1")
        self.completion("completion of a value of few", self.crowd_of, "")
        self.memory = self.server.memory()
        self.status = self.server.leave()

    def parse(self):
        samples = []
        data = self.text.encode()
        for _ in range(5):
            started = time.perf_counter()
            json.loads(data)
            samples.append(time.perf_counter() - started)
        self.row("peer: json.loads of all of it", samples)

    def open_until_settled(self):
        """A pull is answered when nothing is waiting to be computed."""
        server = Server(self.command)
        server.initialize(pulls=True, options=QUIET)
        sent = server.open(self.uri, "json", self.text)
        _, report = server.request("textDocument/diagnostic", {"textDocument": {"uri": self.uri}})
        self.row("open: settled", [time.perf_counter() - sent])
        if report["items"]:
            print(f"note: {len(report['items'])} findings once settled, e.g. {report['items'][0]['message']}")
        server.leave()

    def is_ours(self, params):
        return params["uri"] == self.uri and params.get("version", self.version) == self.version

    def width_of(self, at):
        comma = self.text.index(",", at)
        return self.text.index(",", comma + 1) + 2

    def edit(self, start, end, text):
        self.version += 1
        return self.server.change(self.uri, self.version, (0, start), (0, end), text)

    def keystrokes(self, what, place_of, character, rule="", pairs=None):
        """Types the character at random annotations and takes it out again; the finding's rule begins with `rule`."""
        appear, vanish = [], []
        for _ in range(pairs or self.edits // 2):
            at = self.chance.choice(self.places)
            # The annotation around the edit, with a neighbour on each side where recovery may put a finding.
            low, high = at - 1200, at + 1200
            there = lambda params: any(
                low <= f["range"]["start"]["character"] <= high and str(f.get("code")).startswith(rule)
                for f in params["diagnostics"])
            place = place_of(at)
            sent = self.edit(place, place, character)
            arrival, _ = self.server.wait_for(PUBLISH, lambda p: self.is_ours(p) and there(p), 60)
            appear.append(arrival - sent)
            sent = self.edit(place, place + 1, "")
            arrival, _ = self.server.wait_for(PUBLISH, lambda p: self.is_ours(p) and not there(p), 60)
            vanish.append(arrival - sent)
        self.row(f"{what}: finding appears", appear)
        self.row(f"{what}: finding vanishes", vanish)

    def category(self):
        """A wide edit: an id that a share of all annotations names."""
        appear, vanish = [], []
        start = self.text.index('"categories"')
        used = [number for number in range(1, 81) if f'"category_id": {number},' in self.text]
        for number in self.chance.sample(used, 5):
            at = self.text.index(f'{{"id": {number},', start) + len('{"id": ')
            named = lambda params: any("unresolved" in str(f.get("code")) for f in params["diagnostics"])
            sent = self.edit(at, at, "9")
            arrival, _ = self.server.wait_for(PUBLISH, lambda p: self.is_ours(p) and named(p), 60)
            appear.append(arrival - sent)
            sent = self.edit(at, at + 1, "")
            arrival, _ = self.server.wait_for(PUBLISH, lambda p: self.is_ours(p) and not named(p), 60)
            vanish.append(arrival - sent)
        self.row("a category's id, wide: finding appears", appear)
        self.row("a category's id, wide: finding vanishes", vanish)

    def hover(self):
        samples = []
        for _ in range(self.edits):
            at = self.chance.choice(self.places) + 2
            took, _ = self.server.request("textDocument/hover", {
                "textDocument": {"uri": self.uri}, "position": {"line": 0, "character": at}})
            samples.append(took)
        self.row("hover", samples)

    def ask(self, what, method, key, more=None, samples=None):
        """A request about the value behind `key` of random annotations."""
        took = []
        for _ in range(samples or self.edits):
            at = self.text.index(key, self.chance.choice(self.places) - 200) + len(key)
            took.append(self.server.request("textDocument/" + method, {
                "textDocument": {"uri": self.uri}, "position": {"line": 0, "character": at}, **(more or {})})[0])
        self.row(what, took)

    def navigate(self):
        self.ask("hover: the picture behind an id", "hover", '"image_id": ')
        self.ask("definition of a picture", "definition", '"image_id": ')
        self.ask("definition of a category", "definition", '"category_id": ')
        self.ask("highlights of a category", "documentHighlight", '"category_id": ')
        self.ask("references of a picture", "references", '"image_id": ', {"context": {"includeDeclaration": True}})
        self.ask("references of a category", "references", '"category_id": ', {"context": {"includeDeclaration": True}}, 20)
        self.ask("whether a category can be renamed", "prepareRename", '"category_id": ')
        self.ask("renaming a category", "rename", '"category_id": ', {"newName": "987654321"}, 20)
        hints = []
        for _ in range(self.edits):
            at = self.chance.choice(self.places)
            place = {"start": {"line": 0, "character": at}, "end": {"line": 0, "character": at + 8000}}
            hints.append(self.server.request("textDocument/inlayHint", {
                "textDocument": {"uri": self.uri}, "range": place})[0])
        self.row("hints of 8,000 characters", hints)
        self.row("outline", [self.server.request("textDocument/documentSymbol", {
            "textDocument": {"uri": self.uri}})[0] for _ in range(5)])

    def category_of(self, at):
        """Behind the colon of the category of the annotation whose box stands at `at`."""
        return self.text.rindex('"category_id": ', 0, at) + len('"category_id": ')

    def crowd_of(self, at):
        return self.text.index('"iscrowd": ', at) + len('"iscrowd": ')

    def completion(self, what, place_of, typed):
        """Types something at random annotations, asks what may stand there, and takes it out again."""
        samples = []
        for _ in range(self.edits // 2):
            place = place_of(self.chance.choice(self.places))
            if typed:
                self.edit(place, place, typed)
            took, answer = self.server.request("textDocument/completion", {
                "textDocument": {"uri": self.uri}, "position": {"line": 0, "character": place + len(typed)}})
            if not answer or not answer["items"]:
                print(f"note: {what}: nothing was offered at {place}")
            samples.append(took)
            if typed:
                self.edit(place, place + len(typed), "")
        self.row(what, samples)

    def print(self):
        size = len(self.text) / 1e6
        print(f"\n## {self.name}: {size:.1f} MB on one line, {len(self.places):,} annotations\n")
        print("| what | samples | median ms | p99 ms | worst ms |\n| --- | --- | --- | --- | --- |")
        for row in self.rows:
            print("| " + " | ".join(map(str, row)) + " |")
        print(f"\nmemory (PSS, server and workers): {self.memory / 1e6:.0f} MB; exit status {self.status}", flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--server", required=True)
    options.add_argument("--plugins", required=True)
    options.add_argument("--edits", type=int, default=400, help="edits a kind and file, half of them undo the other half")
    options.add_argument("--sizes", default="1.4,16", help="in MB")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    command = [chosen.server, "lsp", "--plugins", chosen.plugins, "--log-level", "error"]
    print(f"{os.cpu_count()} cores, seed {chosen.seed}")
    for size in map(float, chosen.sizes.split(",")):
        bench = Bench(command, f"coco-{size:g}", coco(int(size * 1e6), chosen.seed), chosen.edits, chosen.seed)
        bench.measure()
        bench.print()


main()
