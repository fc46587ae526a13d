#!/usr/bin/env python3
"""Types, asks, cancels, kills workers and changes files for a long time, and holds the server against a fresh check.

Usage: soak.py --server BUILD/concord --plugins Plugins [--seconds 1800] [--seed N]

After each stretch the findings of every open file must be those of `concord check` on the same text, and in the end memory
must stand where it stood after the first part. The last lines are the figures; the status is not 0 if anything differed.
"""
import argparse
import json
import os
import pathlib
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from lsp_client import Server

ROOT = pathlib.Path(__file__).resolve().parent.parent
PIECES = ['"', "{", "}", "[", "]", ",", ":", "\n", " ", "1", "-", "0.5", "null", "x", "Sữa", "\\", '"a": 1', "[1, 2, 3, 4]"]
ASKED = ["hover", "completion", "definition", "references", "documentHighlight"]
# Workers may die so often, and no more, before their plugin rests.
SECONDS_BETWEEN_KILLS = 8
# Text that a file goes back to when random edits have left little of it.
STRETCH = 60


class File:
    """An open document: its text here is what the server should have. Offsets and columns count UTF-8 bytes."""

    def __init__(self, server, path, language="json"):
        self.server, self.path, self.language = server, path, language
        self.uri = path.as_uri()
        self.first = self.text = path.read_bytes()
        self.version = 1
        server.open(self.uri, language, self.text.decode())

    def place(self, offset):
        before = self.text[:offset]
        return before.count(b"\n"), offset - (before.rfind(b"\n") + 1)

    def boundary(self, offset):
        while 0 < offset < len(self.text) and self.text[offset] & 0xC0 == 0x80:
            offset -= 1
        return offset

    def replace(self, start, end, new):
        start, end = self.boundary(start), self.boundary(end)
        if end < start:
            start, end = end, start
        self.version += 1
        self.server.change(self.uri, self.version, self.place(start), self.place(end), new.decode())
        self.text = self.text[:start] + new + self.text[end:]

    def reset(self):
        self.replace(0, len(self.text), self.first)

    def position(self, offset):
        line, character = self.place(self.boundary(offset))
        return {"textDocument": {"uri": self.uri}, "position": {"line": line, "character": character}}


def boxes(count):
    """Image labels with mistakes of several sorts, a label a line."""
    rows = []
    for number in range(count):
        width = 90 if number % 37 == 5 else 20
        image = 9 if number % 41 == 7 else 1 + number % 3
        rows.append(f'  {{"id": {number if number % 53 else 1}, "image_id": {image}, "category_id": {2 + number % 2}, '
                    f'"bbox": [{number % 30 * 20}, {number % 20 * 20}, {width}, 20], "area": {width * 20}, "iscrowd": 0}}')
    images = ", ".join(f'{{"id": {n}, "file_name": "{n}.png", "width": 640, "height": 480}}' for n in (1, 2, 3))
    return ('{"info": {}, "licenses": [], "images": [' + images + '],\n "categories": [{"id": 2, "name": "car"}, '
            '{"id": 3, "name": "bus"}],\n "annotations": [\n' + ",\n".join(rows) + "\n]}\n")


class Soak:
    def __init__(self, options):
        self.options = options
        self.random = random.Random(options.seed)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="concord-soak-")).resolve()
        shutil.copytree(ROOT / "Examples" / "shelf", self.folder / "shelf")
        # A dataset of its own: outside of one, what has lost its format is left alone by a server, but not by a check.
        self.boxes = self.folder / "boxes"
        self.boxes.mkdir()
        (self.boxes / "concord.json").write_text("{}")
        (self.boxes / "boxes.json").write_text(boxes(400))
        self.command = [options.server]
        self.plugins = [word for folder in options.plugins for word in ("--plugins", folder)]
        self.counts = {name: 0 for name in ("edits", "requests", "cancels", "kills", "file changes", "comparisons")}
        self.memory, self.differences, self.last_kill = [], [], 0.0
        self.server = Server(self.command + ["lsp"] + self.plugins)
        self.server.initialize((self.folder / "shelf").as_uri(), pulls=True,
                               options={"typingPause": 0, "limits": {"findings": 100_000}})
        names = sorted(self.folder.glob("shelf/*.json")) + [self.boxes / "boxes.json"]
        self.files = [File(self.server, path) for path in names if path.name != "concord.json"]

    # What is done

    def edit(self):
        file = self.random.choice(self.files)
        at = self.random.randrange(len(file.text) + 1)
        kind = self.random.random()
        if kind < 0.45:
            file.replace(at, at, self.random.choice(PIECES).encode())
        elif kind < 0.75:
            file.replace(at, min(len(file.text), at + self.random.randrange(1, 4)), b"")
        elif kind < 0.95:
            # As somebody works: a digit becomes another one.
            digits = [n for n in range(at, min(len(file.text), at + 400)) if file.text[n:n + 1].isdigit()]
            if digits:
                chosen = self.random.choice(digits)
                file.replace(chosen, chosen + 1, str(self.random.randrange(10)).encode())
        else:
            source = self.random.randrange(len(file.text) + 1)
            file.replace(at, at, file.text[file.boundary(source):file.boundary(min(len(file.text), source + 200))])
        self.counts["edits"] += 1

    def ask(self):
        file = self.random.choice(self.files)
        params = file.position(self.random.randrange(len(file.text) + 1))
        name = self.random.choice(ASKED)
        if name == "references":
            params["context"] = {"includeDeclaration": True}
        self.server.next_id += 1
        number = self.server.next_id
        self.server._send({"jsonrpc": "2.0", "id": number, "method": "textDocument/" + name, "params": params})
        self.counts["requests"] += 1
        if self.random.random() < 0.4:
            self.server.notify("$/cancelRequest", {"id": number})
            self.counts["cancels"] += 1

    def kill(self):
        if time.monotonic() - self.last_kill < SECONDS_BETWEEN_KILLS:
            return
        workers = self.server.processes()[1:]
        if workers:
            self.last_kill = time.monotonic()
            try:
                os.kill(self.random.choice(workers), signal.SIGKILL)
                self.counts["kills"] += 1
            except ProcessLookupError:
                pass

    def change_files(self):
        """A file of the dataset is written anew beside the editor, and the editor tells."""
        path = self.random.choice([self.folder / "shelf" / "concord.json", self.boxes / "other.json"])
        if path.name == "concord.json":
            severity = self.random.choice(["error", "warning", "hint", "off"])
            path.write_text(json.dumps({"rules": {"vision/bbox-out-of-image": severity}}))
        else:
            path.write_text(self.random.choice(["{", "[]", '{"images": []}']))
        self.server.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": 2}]})
        self.counts["file changes"] += 1

    # What must hold

    def shown(self, file):
        _, answer = self.server.request("textDocument/diagnostic", {"textDocument": {"uri": file.uri}})
        return sorted((item["code"], *self.ends(item["range"]), item["message"]) for item in answer["items"])

    @staticmethod
    def ends(place):
        return tuple(place[end][part] for end in ("start", "end") for part in ("line", "character"))

    def compare(self):
        for file in self.files:
            file.path.write_bytes(file.text)
            # Which format it is, is decided on opening and on saving.
            self.server.notify("textDocument/didSave", {"textDocument": {"uri": file.uri}})
        paths = [str(file.path) for file in self.files]
        run = subprocess.run(self.command + ["check", "--format", "json"] + self.plugins + paths,
                             capture_output=True, timeout=600)
        if run.returncode not in (0, 1):
            self.differences.append(f"check left with {run.returncode}: {run.stderr[-300:]}")
            return
        checked = {entry["path"]: entry for entry in json.loads(run.stdout)["files"]}
        for file in self.files:
            expected = sorted((finding["rule"], *self.in_bytes(file, finding["bytes"]), self.message(finding))
                              for finding in checked.get(str(file.path), {"findings": []})["findings"])
            found = self.shown(file)
            if found != expected:
                keep = self.folder / f"difference-{len(self.differences)}.json"
                keep.write_bytes(file.text)
                more = [line for line in found if line not in expected][:3]
                less = [line for line in expected if line not in found][:3]
                self.differences.append(f"{file.path.name} version {file.version} ({keep}): too many {more}, lost {less}")
        self.counts["comparisons"] += 1
        self.server.answers.clear()
        self.server.notifications.clear()
        # Of the server alone: how many workers there are depends on who was killed last.
        self.memory.append(self.server.memory([self.server.process.pid]))

    @staticmethod
    def message(finding):
        """As the server says it of one that stands for several."""
        return finding["message"] + (f" ({finding['count']} such places)" if finding["count"] > 1 else "")

    @staticmethod
    def in_bytes(file, span):
        return file.place(span[0]) + file.place(span[1])

    def run(self):
        ends = time.monotonic() + self.options.seconds
        steps = [self.edit] * 12 + [self.ask] * 8 + [self.kill, self.change_files]
        stretch = 0
        while time.monotonic() < ends:
            for _ in range(STRETCH):
                self.random.choice(steps)()
            self.compare()
            stretch += 1
            if stretch % 4 == 0:
                for file in self.files:
                    file.reset()
        status = self.server.leave()
        if status != 0:
            self.differences.append(f"the server left with {status}")
        return self.report()

    def report(self):
        quarter = max(1, len(self.memory) // 4)
        before, after = (statistics.median(part) for part in (self.memory[quarter:2 * quarter] or self.memory,
                                                              self.memory[-quarter:]))
        print(f"seed {self.options.seed}: " + ", ".join(f"{count} {name}" for name, count in self.counts.items()))
        print("memory in MB: " + " ".join(f"{bytes / 1e6:.1f}" for bytes in self.memory[::max(1, len(self.memory) // 40)]))
        print(f"memory {before / 1e6:.1f} MB after the first quarter, {after / 1e6:.1f} MB at the end")
        for line in self.differences[:20]:
            print("different:", line)
        if after > before * 1.1:
            self.differences.append("memory grew")
            print("memory grew by more than 10 %")
        if not self.differences:
            shutil.rmtree(self.folder)
        print(f"{len(self.differences)} differences")
        return 1 if self.differences else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", required=True)
    parser.add_argument("--plugins", action="append", default=[])
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    options = parser.parse_args()
    options.server = str(pathlib.Path(options.server).resolve())
    print(f"soak of {options.seconds:.0f} s, --seed {options.seed}", flush=True)
    soak = Soak(options)
    try:
        return soak.run()
    except (RuntimeError, TimeoutError, OSError) as problem:
        print(f"the server is gone or hangs: {problem}; --seed {options.seed}")
        return 1


sys.exit(main())
