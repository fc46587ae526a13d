#!/usr/bin/env python3
"""Formats that are hard on validators, measured through the server: a choice among 1,000 kinds, and a format that refers to itself.

Makes a plugin of data only and its files in a temporary folder. Prints a table; asserts nothing about time.
"""
import argparse
import json
import pathlib
import random
import statistics
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Scripts"))
from lsp_client import Server  # noqa: E402

PUBLISH = "textDocument/publishDiagnostics"
KINDS = 1000
SIZE = 1_400_000


def dialect(name, records):
    return {
        "id": name, "name": name, "syntax": "json", "schema": f"{name}.json", "files": ["*.json"],
        "probe": {"required": ["format"], "values": {"/format": name}}, "records": records}


def kinds_schema(told_by):
    """A thousand branches, each with members of its own; told apart by a constant, or only by what must be there."""
    def branch(number):
        own = f"member{number:04d}"
        properties = {own: {"type": "integer", "minimum": 0}}
        required = [own]
        if told_by == "constant":
            properties = {"kind": {"const": f"kind-{number:04d}"}, **properties}
            required = ["kind", *required]
        return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
        "properties": {"items": {"type": "array", "items": {"$ref": "#/$defs/item"}}},
        "$defs": {"item": {"oneOf": [branch(number) for number in range(KINDS)]}}}


def nested_schema():
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
        "properties": {"items": {"type": "array", "items": {"$ref": "#/$defs/part"}}},
        "$defs": {"part": {
            "type": "object", "required": ["size"], "additionalProperties": False,
            "properties": {
                "size": {"type": "integer", "minimum": 0}, "note": {"type": "string"},
                "parts": {"type": "array", "items": {"$ref": "#/$defs/part"}}}}}}


def kinds_file(name, told_by, chance):
    items, used = [], 0
    while used < SIZE:
        number = chance.randrange(KINDS)
        item = {"kind": f"kind-{number:04d}"} if told_by == "constant" else {}
        item[f"member{number:04d}"] = chance.randrange(1000)
        items.append(item)
        used += len(json.dumps(item)) + 2
    return json.dumps({"format": name, "items": items})


def nested_file(name, chance):
    def part(depth):
        out = {"size": chance.randrange(1000)}
        if depth:
            out["parts"] = [part(depth - 1) for _ in range(2)]
        return out
    items, used = [], 0
    while used < SIZE:
        items.append(part(8))
        used += len(json.dumps(items[-1])) + 2
    return json.dumps({"format": name, "items": items})


class Bench:
    def __init__(self, command, name, text, member, typed, edits, chance):
        self.command, self.name, self.text, self.typed = command, name, text, typed
        self.edits, self.chance = edits, chance
        self.uri, self.version, self.rows = f"file:///nowhere/{name}.json", 1, []
        # Where a number can be made wrong: behind each colon of the member.
        self.places, at = [], 0
        while (at := text.find(member, at)) >= 0:
            self.places.append(text.index(": ", at) + 2)
            at += 1

    def row(self, what, samples):
        ordered = sorted(samples)
        last = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
        self.rows.append(f"| {what} | {len(ordered)} | {statistics.median(ordered) * 1000:.2f} | {last * 1000:.2f} |")

    def edit(self, start, end, text):
        self.version += 1
        return self.server.change(self.uri, self.version, (0, start), (0, end), text)

    def published(self, fits):
        return self.server.wait_for(
            PUBLISH, lambda p: p["uri"] == self.uri and p.get("version") == self.version and fits(p["diagnostics"]), 60)

    def measure(self):
        server = Server(self.command)
        server.initialize(pulls=True, options={"typingPause": 0})
        sent = server.open(self.uri, "json", self.text)
        _, report = server.request("textDocument/diagnostic", {"textDocument": {"uri": self.uri}})
        self.row("open: settled", [time.perf_counter() - sent])
        if report["items"]:
            print(f"note: {len(report['items'])} findings, e.g. {report['items'][0]['message']}")
        server.leave()
        self.server = Server(self.command)
        self.server.initialize(options={"typingPause": 0})
        self.server.open(self.uri, "json", self.text)
        self.published(lambda found: True)
        self.keystrokes()
        self.completion()
        self.server.leave()
        print(f"\n## {self.name}: {len(self.text) / 1e6:.1f} MB on one line, {len(self.places):,} places\n")
        print("| what | samples | median ms | p99 ms |\n| --- | --- | --- | --- |")
        print("\n".join(self.rows), flush=True)

    def keystrokes(self):
        """A minus before a number that must not be negative."""
        appear, vanish = [], []
        for _ in range(self.edits):
            place = self.chance.choice(self.places)
            near = lambda found: any(abs(f["range"]["start"]["character"] - place) < 200 for f in found)
            sent = self.edit(place, place, "-")
            appear.append(self.published(near)[0] - sent)
            sent = self.edit(place, place + 1, "")
            vanish.append(self.published(lambda found: not near(found))[0] - sent)
        self.row("a value made wrong: finding appears", appear)
        self.row("a value made wrong: finding vanishes", vanish)

    def completion(self):
        """Begins a member in front of the one at a random place, or writes into the value that tells kinds apart."""
        samples, offered = [], 0
        front = '"kind": "' if self.typed[0] != '"' else "{"
        for _ in range(self.edits):
            place = self.text.rindex(front, 0, self.chance.choice(self.places)) + len(front)
            self.edit(place, place, self.typed)
            took, answer = self.server.request("textDocument/completion", {
                "textDocument": {"uri": self.uri}, "position": {"line": 0, "character": place + len(self.typed)}})
            offered += len(answer["items"]) if answer else 0
            samples.append(took)
            self.edit(place, place + len(self.typed), "")
        self.row(f"completion after `{self.typed}`, {offered / self.edits:.1f} offers", samples)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--server", required=True)
    options.add_argument("--edits", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    chance = random.Random(chosen.seed)
    with tempfile.TemporaryDirectory() as folder:
        plugin = pathlib.Path(folder) / "hard"
        plugin.mkdir()
        schemas = {
            "by-constant": kinds_schema("constant"), "by-members": kinds_schema("members"), "nested": nested_schema()}
        for name, schema in schemas.items():
            (plugin / f"{name}.json").write_text(json.dumps(schema))
        (plugin / "plugin.json").write_text(json.dumps({
            "id": "hard", "version": "1.0.0", "name": "Hard formats",
            "dialects": [dialect(name, ["/items/*"]) for name in schemas]}))
        command = [chosen.server, "lsp", "--plugins", folder, "--log-level", "error"]
        for name, text, member, typed in [
            ("by-constant", kinds_file("by-constant", "constant", chance), '"member', "kind-0"),
            ("by-members", kinds_file("by-members", "members", chance), '"member0', '"member00'),
            ("nested", nested_file("nested", chance), '"size"', '"'),
        ]:
            Bench(command, name, text, member, typed, chosen.edits, chance).measure()


main()
