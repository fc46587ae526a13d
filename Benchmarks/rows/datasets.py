"""Files that are joined: pictures (COCO) and captions (JSONL) of the same things, some of them in a file nobody has open."""
import json
import time

from bench import PUBLISH
from lsp_client import Server
from rows import row
from table import Result

SECTION = "Files whose labels must agree"
CONFIGURATION = {
    "alignments": [{
        "name": "street", "subject": ["scene", "object"], "property": "class",
        "sources": [
            {"files": "camera.json", "records": "/annotations/*", "modality": "image",
             "scene": "image_id -> file_name | stem", "object": "attributes/track_id", "value": "category_id -> name"},
            {"files": "captions-*.jsonl", "modality": "text", "scene": "sample", "object": "object", "value": "label"}],
        "compare": {"by": "equal"}}]}
NAMES = ["car", "person", "bus"]


class Joined:
    """A dataset of so many entries, half of them boxes and half captions, open in a server and read to the end."""

    def __init__(self, bench, entries, agrees=True):
        self.things = entries // 2
        self.folder = bench.folder / f"joined-{entries}"
        self.folder.mkdir(exist_ok=True)
        images = [{"id": at + 1, "file_name": f"frames/{at:06}.jpg", "width": 1920, "height": 1080}
                  for at in range((self.things + 9) // 10)]
        annotations = [{"id": at + 1, "image_id": at // 10 + 1, "category_id": 1 + at % 2,
                        "bbox": [10 + at % 900, 20 + at % 500, 30, 40], "area": 1200, "iscrowd": 0,
                        "attributes": {"track_id": f"t{at % 10}"}} for at in range(self.things)]
        captions = [json.dumps({"sample": f"{at // 10:06}", "object": f"t{at % 10}", "label": NAMES[at % 2]})
                    for at in range(self.things)]
        half = self.things // 2
        self.lines = captions[:half]
        texts = {
            "concord.json": json.dumps(CONFIGURATION if agrees else {}),
            "camera.json": json.dumps({"images": images, "annotations": annotations, "categories": [
                {"id": at + 1, "name": name} for at, name in enumerate(NAMES)]}),
            "captions-a.jsonl": "\n".join(captions[:half]) + "\n", "captions-b.jsonl": "\n".join(captions[half:]) + "\n"}
        for name, text in texts.items():
            (self.folder / name).write_text(text)
        self.megabytes = sum(len(text) for text in texts.values()) / 1e6
        self.parsed = sum(bench.peers.parse(str(self.folder / name))[0] for name in texts if name != "concord.json")
        self.camera, self.captions = ((self.folder / name).as_uri() for name in ("camera.json", "captions-a.jsonl"))
        self.text, self.limit = texts["camera.json"], bench.limit
        self.version = {self.camera: 1, self.captions: 1}
        self.server = Server(bench.command())
        self.server.initialize(self.folder.as_uri(), options={"typingPause": 0})
        began = time.perf_counter()
        self.server.open(self.camera, "json", self.text)
        self.server.open(self.captions, "jsonl", texts["captions-a.jsonl"])
        if agrees:
            # Nothing differs; a caption that does is shown at both when all files are read.
            self.label(0, "car", "bus", 1)
            self.read = (time.perf_counter() - began) * 1000
            self.label(0, "bus", "car", 0)
        else:
            # Places of a picture are told when every file is read.
            at = self.text.index('"image_id": ') + len('"image_id": ')
            self.server.request("textDocument/references", {
                "textDocument": {"uri": self.camera}, "position": {"line": 0, "character": at},
                "context": {"includeDeclaration": True}}, self.limit)
            self.read = (time.perf_counter() - began) * 1000

    def edit(self, uri, line, start, end, text):
        self.version[uri] += 1
        return self.server.change(uri, self.version[uri], (line, start), (line, end), text)

    def disagrees(self, count):
        """Waits until so many disagreements are shown at the boxes; when that was."""
        return self.server.wait_for(PUBLISH, lambda params: params["uri"] == self.camera and sum(
            one["code"] == "agreement/disagrees" for one in params["diagnostics"]) == count, self.limit)[0]

    def label(self, line, old, new, count):
        """A caption says something else: milliseconds until the box says so."""
        start = self.lines[line].index('"label": "') + len('"label": "')
        sent = self.edit(self.captions, line, start, start + len(old), new)
        return (self.disagrees(count) - sent) * 1000

    def leave(self):
        self.server.leave()


def joined(bench, wanted):
    """One is open at a time."""
    entries = bench.number(wanted) if wanted > 1000 else wanted
    if bench.session_key != ("joined", entries):
        bench.close()
        bench.session, bench.session_key = Joined(bench, entries), ("joined", entries)
    return bench.session


def read(bench, entries):
    dataset = joined(bench, entries)
    return Result([dataset.read], ("json.loads", dataset.parsed), f"{dataset.megabytes:.1f} MB")


def there(bench, entries):
    """In one file an edit, in the other its finding."""
    dataset = joined(bench, entries)
    samples = []
    for _ in range(bench.count(60)):
        line = bench.chance.randrange(len(dataset.lines) // 2) * 2
        samples += [dataset.label(line, "car", "bus", 1), dataset.label(line, "bus", "car", 0)]
    return Result(samples, ("json.loads", dataset.parsed))


@row("joined-read-1000", "1,000 entries: opened, all files read, first finding", SECTION)
def joined_read_small(bench):
    return read(bench, 1000)


@row("joined-type-1000", "the same: an edit of a caption, until the box in the other file says so", SECTION)
def joined_type_small(bench):
    return there(bench, 1000)


@row("joined-read-100000", "100,000 entries: opened, all files read, first finding", SECTION)
def joined_read(bench):
    return read(bench, 100_000)


@row("joined-type-100000", "the same: an edit of a caption, until the box in the other file says so", SECTION)
def joined_type(bench):
    return there(bench, 100_000)


@row("joined-own-100000", "the same: a box gets another category, until it says so", SECTION)
def joined_own(bench):
    dataset = joined(bench, 100_000)
    samples = []
    for _ in range(bench.count(60)):
        at = dataset.text.index('"category_id": 1', bench.chance.randrange(len(dataset.text) // 2)) + len('"category_id": ')
        for old, new, count in (("1", "3", 1), ("3", "1", 0)):
            sent = dataset.edit(dataset.camera, 0, at, at + len(old), new)
            samples.append((dataset.disagrees(count) - sent) * 1000)
    return Result(samples, ("json.loads", dataset.parsed))


@row("joined-rename-100000", "the same: a category is renamed under 25,000 boxes and back, until the last caption says so",
     SECTION)
def joined_rename(bench):
    dataset = joined(bench, 100_000)
    start = dataset.text.index('"name": "car"') + len('"name": "')
    samples = []
    # At most a thousand are shown, of which one says how many more there are.
    expected = min(len(dataset.lines) // 2, 990)
    many = lambda found: sum(one["code"] == "agreement/disagrees" for one in found) >= expected
    for old, new, told in (("car", "bus", many), ("bus", "car", lambda found: not found)):
        sent = dataset.edit(dataset.camera, 0, start, start + len(old), new)
        arrival, _ = dataset.server.wait_for(PUBLISH, lambda params: (
            params["uri"] == dataset.captions and told(params["diagnostics"])), bench.limit)
        samples.append((arrival - sent) * 1000)
    return Result(samples, ("json.loads", dataset.parsed))


@row("joined-memory-100000", "the same: memory (PSS of server and workers)", SECTION, unit="MB")
def joined_memory(bench):
    return Result([joined(bench, 100_000).server.memory() / 1e6])


@row("joined-read-none", "100,000 entries in a dataset without agreements: opened, all files read", SECTION)
def joined_read_none(bench):
    bench.close()
    dataset = Joined(bench, bench.number(100_000), agrees=False)
    dataset.leave()
    return Result([dataset.read], ("json.loads", dataset.parsed), f"{dataset.megabytes:.1f} MB")
