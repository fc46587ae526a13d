#!/usr/bin/env python3
"""Files that are joined: how long from an edit in one to the finding in the other, with more and more in them.

Pictures (COCO) and captions (JSONL) that speak of the same things; half of the captions in a file that nobody has open. Prints a
table for each size; asserts nothing about time. The status is not 0 if a finding did not come.
"""
import argparse
import json
import pathlib
import statistics
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Scripts"))
from lsp_client import Server  # noqa: E402

EDITS = 60
CONFIGURATION = {
    "alignments": [{
        "name": "street", "subject": ["scene", "object"], "property": "class",
        "sources": [
            {"files": "camera.json", "records": "/annotations/*", "modality": "image",
             "scene": "image_id -> file_name | stem", "object": "attributes/track_id", "value": "category_id -> name"},
            {"files": "captions-*.jsonl", "modality": "text", "scene": "sample", "object": "object", "value": "label"}],
        "compare": {"by": "equal"}}]}


class Bench:
    def __init__(self, options, records, folder):
        """`records` in all: half of them boxes, half of them captions."""
        self.folder, self.things = folder, records // 2
        per_image = 10
        images = [{"id": i + 1, "file_name": f"frames/{i:06}.jpg", "width": 1920, "height": 1080}
                  for i in range((self.things + per_image - 1) // per_image)]
        boxes = [{"id": i + 1, "image_id": i // per_image + 1, "category_id": 1 + i % 2,
                  "bbox": [10 + i % 900, 20 + i % 500, 30, 40], "area": 1200, "iscrowd": 0,
                  "attributes": {"track_id": f"t{i % per_image}"}} for i in range(self.things)]
        names = ["car", "person", "bus"]
        captions = [json.dumps({"sample": f"{i // per_image:06}", "object": f"t{i % per_image}", "label": names[i % 2]})
                    for i in range(self.things)]
        camera = json.dumps({"images": images, "annotations": boxes,
                             "categories": [{"id": i + 1, "name": name} for i, name in enumerate(names)]})
        half = self.things // 2
        self.open_captions, closed = captions[:half], captions[half:]
        (folder / "concord.json").write_text(json.dumps(CONFIGURATION))
        (folder / "camera.json").write_text(camera)
        (folder / "captions-a.jsonl").write_text("\n".join(self.open_captions) + "\n")
        (folder / "captions-b.jsonl").write_text("\n".join(closed) + "\n")
        self.bytes = sum(path.stat().st_size for path in folder.iterdir())
        self.camera, self.captions = ((folder / name).as_uri() for name in ("camera.json", "captions-a.jsonl"))
        self.version = {self.camera: 1, self.captions: 1}
        self.text = {self.camera: camera, self.captions: (folder / "captions-a.jsonl").read_text()}
        self.server = Server([options.server, "lsp", "--plugins", str(options.plugins)])
        self.server.initialize(folder.as_uri(), options={"typingPause": 0})
        self.rows = []

    def row(self, what, samples):
        samples = sorted(samples)
        rank = samples[min(len(samples) - 1, int(len(samples) * 0.99))]
        self.rows.append(f"| {what} | {len(samples)} | {statistics.median(samples):.2f} | {rank:.2f} |")

    def edit(self, uri, line, start, end, text):
        self.version[uri] += 1
        self.server.change(uri, self.version[uri], (line, start), (line, end), text)

    def disagrees(self, uri, count):
        """Waits until so many disagreements are shown in a file."""
        self.server.wait_for("textDocument/publishDiagnostics", lambda params: params["uri"] == uri and sum(
            item["code"] == "agreement/disagrees" for item in params["diagnostics"]) == count)

    def measure(self):
        began = time.perf_counter()
        self.server.open(self.camera, "json", self.text[self.camera])
        self.server.open(self.captions, "jsonl", self.text[self.captions])
        # Nothing differs; a caption that does is shown at both when all files are read.
        place = self.open_captions[0].index('"car"')
        self.edit(self.captions, 0, place, place + 5, '"bus"')
        self.disagrees(self.camera, 1)
        opened = time.perf_counter() - began
        self.rows.append(f"| all {self.bytes / 1e6:.1f} MB read, and the first finding: {self.bytes / 1e6 / opened:.1f} MB/s | 1 | {opened * 1000:.0f} | |")
        self.edit(self.captions, 0, place, place + 5, '"car"')
        self.disagrees(self.camera, 0)
        appears, vanishes = [], []
        for number in range(EDITS):
            line = number * 2 * (len(self.open_captions) // (2 * EDITS + 2) or 1)
            line -= line % 2
            place = self.open_captions[line].index('"car"')
            for samples, old, new, count in ((appears, '"car"', '"bus"', 1), (vanishes, '"bus"', '"car"', 0)):
                began = time.perf_counter()
                self.edit(self.captions, line, place, place + len(old), new)
                self.disagrees(self.camera, count)
                samples.append((time.perf_counter() - began) * 1000)
        self.row("a caption is changed: finding appears at the box", appears)
        self.row("a caption is changed back: finding vanishes at the box", vanishes)
        there, back = [], []
        text = self.text[self.camera]
        at = -1
        for number in range(EDITS):
            at = text.index('"category_id": 1', at + 1 + len(text) // (3 * EDITS))
            for samples, old, new, count in ((there, "1", "3", 1), (back, "3", "1", 0)):
                began = time.perf_counter()
                start = at + len('"category_id": ')
                self.edit(self.camera, 0, start, start + 1, new)
                self.disagrees(self.camera, count)
                samples.append((time.perf_counter() - began) * 1000)
        self.row("a box is changed: finding appears there", there)
        self.row("a box is changed back: finding vanishes", back)
        start = text.index('"name": "car"') + len('"name": "')
        for what, old, new in (("a category is renamed under all its boxes: the last finding", "car", "bus"),
                               ("and back", "bus", "car")):
            began = time.perf_counter()
            self.edit(self.camera, 0, start, start + 3, new)
            expected = len(self.open_captions) // 2 if new == "bus" else 0
            self.server.wait_for("textDocument/publishDiagnostics", lambda params: params["uri"] == self.captions and (
                sum(item["code"] == "agreement/disagrees" for item in params["diagnostics"]) >= min(expected, 990)
                if expected else not params["diagnostics"]))
            self.rows.append(f"| {what} | 1 | {(time.perf_counter() - began) * 1000:.0f} | |")

    def print(self):
        print(f"\n## {self.things * 2:,} joined entries, {self.bytes / 1e6:.1f} MB\n")
        print("| what | samples | median ms | p99 ms |\n| --- | --- | --- | --- |")
        for row in self.rows:
            print(row)
        memory = self.server.memory()
        print(f"\nmemory (PSS, server and workers): {memory / 1e6:.0f} MB; exit status {self.server.leave()}", flush=True)


def wide(options, boxes, folder):
    """The id of a category is changed under all boxes: how long until it is said how many of them name nothing now."""
    images = [{"id": i + 1, "file_name": f"frames/{i:06}.jpg", "width": 1920, "height": 1080} for i in range(boxes // 10)]
    annotations = [{"id": i + 1, "image_id": i // 10 + 1, "category_id": 1, "bbox": [10 + i % 900, 20 + i % 500, 30, 40],
                    "area": 1200, "iscrowd": 0, "attributes": {"track_id": f"t{i % 10}"}} for i in range(boxes)]
    text = json.dumps({"images": images, "annotations": annotations, "categories": [{"id": 1, "name": "car"}]})
    (folder / "concord.json").write_text(json.dumps(CONFIGURATION))
    (folder / "camera.json").write_text(text)
    (folder / "captions-a.jsonl").write_text("".join(
        json.dumps({"sample": f"{i // 10:06}", "object": f"t{i % 10}", "label": "car"}) + "\n" for i in range(1000)))
    server = Server([options.server, "lsp", "--plugins", str(options.plugins)])
    server.initialize(folder.as_uri(), options={"typingPause": 0})
    uri = (folder / "camera.json").as_uri()
    server.open(uri, "json", text)
    at = text.rindex('"id": 1,') + len('"id": ')
    # Answered when everything is known.
    server.request("textDocument/references", {
        "textDocument": {"uri": uri}, "position": {"line": 0, "character": at}, "context": {"includeDeclaration": True}})
    samples = []
    for number in range(1, 12, 2):
        began = time.perf_counter()
        server.change(uri, number + 1, (0, at), (0, at + 1), "9")
        server.wait_for("textDocument/publishDiagnostics", lambda params: params["uri"] == uri and any(
            f"({boxes} such places)" in item["message"] for item in params["diagnostics"]))
        samples.append((time.perf_counter() - began) * 1000)
        server.change(uri, number + 2, (0, at), (0, at + 1), "1")
        server.wait_for("textDocument/publishDiagnostics", lambda params: params["uri"] == uri and not params["diagnostics"])
    print(f"\nA category's id is changed under {boxes:,} boxes: {statistics.median(samples):.0f} ms until all of them are told of "
          f"(median of {len(samples)}); exit status {server.leave()}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", required=True)
    parser.add_argument("--plugins", required=True)
    parser.add_argument("--records", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    options = parser.parse_args()
    for records in options.records:
        with tempfile.TemporaryDirectory(prefix="concord-joined-") as folder:
            bench = Bench(options, records, pathlib.Path(folder))
            bench.measure()
            bench.print()
    with tempfile.TemporaryDirectory(prefix="concord-wide-") as folder:
        wide(options, 60_000, pathlib.Path(folder))


if __name__ == "__main__":
    main()
