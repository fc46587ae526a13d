"""What rows measure with: files made once, a server that rows in a row share, and references of the same run."""
import bisect
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Scripts"))
import data  # noqa: E402
import formats  # noqa: E402
from lsp_client import Server  # noqa: E402
from table import Unable  # noqa: E402

PUBLISH = "textDocument/publishDiagnostics"
MEGABYTE = 1_000_000
REPOSITORY = pathlib.Path(__file__).resolve().parent.parent


class File:
    """Bytes on disk and in memory, with the places of lines."""

    def __init__(self, path, content):
        self.path = path
        self.content = content
        if not path.exists() or path.stat().st_size != len(content):
            path.write_bytes(content)

    @property
    def megabytes(self):
        return len(self.content) / MEGABYTE

    @property
    def language(self):
        return "jsonl" if self.path.suffix == ".jsonl" else "json"


class Bench:
    def __init__(self, chosen, folder, peers):
        self.server = str(pathlib.Path(chosen.server).resolve())
        self.products = pathlib.Path(self.server).parent
        self.plugins = pathlib.Path(chosen.plugins).resolve()
        self.quick, self.limit, self.seed, self.suite = chosen.quick, chosen.limit, chosen.seed, chosen.suite
        self.folder, self.peers = folder, peers
        self.chance = random.Random(chosen.seed)
        self.own_formats = folder / "formats"
        self.own_formats.mkdir(exist_ok=True)
        self.files, self.kept = {}, {}
        self.session, self.session_key = None, None

    def count(self, wanted):
        """How many samples: all, or few of a quick run."""
        return max(3, wanted // 20) if self.quick else wanted

    def number(self, wanted):
        """How many of something a file or folder has."""
        return max(60, wanted // 20) if self.quick else wanted

    def megabytes(self, wanted):
        return 1 if self.quick else wanted

    def file(self, kind, amount):
        """A file of `data.py`, made once; `amount` is in megabytes where the maker takes a size, else how many entries."""
        maker = getattr(data, kind)
        sized = "size" in maker.__code__.co_varnames[:1]
        amount = self.megabytes(amount) if sized else self.number(amount)
        if (kind, amount) not in self.files:
            suffix = ".jsonl" if kind in ("chat", "speech") else ".json"
            path = self.folder / f"{kind}-{amount}{suffix}"
            if path.exists():
                content = path.read_bytes()
            else:
                content = maker(int(amount * MEGABYTE), self.seed) if sized else maker(amount)
            # Large ones are not kept in memory beside each other.
            self.files = {key: file for key, file in self.files.items() if len(file.content) < 20 * MEGABYTE}
            self.files[kind, amount] = File(path, content)
        return self.files[kind, amount]

    def once(self, key, work):
        """What several rows read off one run."""
        if key not in self.kept:
            self.kept[key] = work()
        return self.kept[key]

    def command(self, *more, plugins=True):
        """A server with the plugins of the repository and what is wanted besides; or with no plugin at all."""
        folders = [str(self.plugins)] if plugins else []
        server = self.server
        if not plugins:
            # A program that lies where it was built finds the plugins of its repository by itself.
            server = shutil.copy2(self.server, self.folder / "concord-alone")
        return [str(server), "lsp", "--log-level", "error"] + [
            word for folder in folders + [str(one) for one in more] for word in ("--plugins", folder)]

    def command_for(self, kind):
        """Recordings have no plugin yet: until there is one, a schema alone checks them."""
        if kind == "speech" and not self.has_speech:
            formats.write_speech(self.own_formats)
            return self.command(self.own_formats / "recordings")
        return self.command()

    @property
    def has_speech(self):
        return any("speech" in json.loads(path.read_text()).get("id", "") for path in self.plugins.glob("*/plugin.json"))

    @property
    def speech_note(self):
        return "" if self.has_speech else "no plugin for speech yet: a schema alone"

    def open(self, kind, amount, **more):
        """A server with one file open and nothing waiting, which rows that follow each other share."""
        key = (kind, amount)
        if self.session_key != key:
            self.close()
            file = self.file(kind, amount)
            self.session = Session(self.command_for(kind), file, self.limit, **more)
            self.session_key = key
            self.session.rest()
        return self.session

    def close(self):
        session, self.session, self.session_key = self.session, None, None
        if session:
            session.leave()

    def loads(self, file):
        """The reference there always is: `json.loads` of the same bytes, in milliseconds."""
        return ("json.loads", self.peers.parse(str(file.path), times=3 if file.megabytes > 50 else 5)[0])

    def loads_speed(self, file):
        return ("json.loads", file.megabytes / self.loads(file)[1] * 1000)

    def loads_memory(self, file):
        return ("json.loads", self.peers.parse(str(file.path), times=3 if file.megabytes > 50 else 5)[1])

    def python(self):
        """The start of a Python that does nothing."""
        return self.once("python", lambda: ("python3 -S -c pass", median(
            self.run([sys.executable, "-I", "-S", "-c", "pass"])[0] for _ in range(self.count(20)))))

    def run(self, command, accepts=(0, 1), **more):
        """Runs a program to its end: (milliseconds, what it printed)."""
        started = time.perf_counter()
        try:
            done = subprocess.run(command, capture_output=True, timeout=self.limit, check=False, **more)
        except subprocess.TimeoutExpired:
            raise Unable(f"not done within {self.limit} s") from None
        took = (time.perf_counter() - started) * 1000
        if done.returncode not in accepts:
            raise RuntimeError(f"exit status {done.returncode}: {done.stderr[-300:].decode(errors='replace')}")
        return took, done.stdout


def median(samples):
    ordered = sorted(samples)
    return ordered[len(ordered) // 2]


def open_settled(command, file, limit, root=None):
    """Milliseconds from opening until nothing is waiting, which a pull is answered at; and the rules of all findings."""
    server = Server(command)
    server.initialize(root=root, pulls=True, options={"typingPause": 0})
    uri = file.path.as_uri()
    sent = server.open(uri, file.language, file.content.decode())
    _, report = server.request("textDocument/diagnostic", {"textDocument": {"uri": uri}}, limit)
    took = (time.perf_counter() - sent) * 1000
    server.leave()
    return took, [found.get("code") for found in report["items"]]


class Session:
    """A server with one file open, which edits change and put back. Places are byte offsets of the file."""

    def __init__(self, command, file, limit, root=None, options=None):
        self.file, self.limit = file, limit
        self.text = file.content
        self.uri = file.path.as_uri()
        self.version = 1
        self.starts = [0]
        if file.language == "jsonl" or self.text.count(b"\n", 0, 4096):
            self.starts += [found.end() for found in re.finditer(b"\n", self.text)]
        self.server = Server(command)
        self.server.initialize(root=root, options={"typingPause": 0, **(options or {})})
        self.published_last = []
        sent = self.server.open(self.uri, file.language, self.text.decode())
        arrival, _ = self.published(lambda found: True)
        self.first = (arrival - sent) * 1000

    def rest(self):
        """Until nothing is waiting. References are told when every entry is known."""
        self.server.request("textDocument/references", {
            "textDocument": {"uri": self.uri}, "position": self.position(0), "context": {"includeDeclaration": True}},
            self.limit)
        # Plugins may still be at work; nothing says when the last of their answers has come, except that nobody works any more.
        ends = time.monotonic() + self.limit
        used, quiet = processor_time(self.server.processes()), 0
        while quiet < 2 and time.monotonic() < ends:
            time.sleep(0.1)
            before, used = used, processor_time(self.server.processes())
            quiet = quiet + 1 if used - before < 2 else 0
        # What was published by then says nothing of the edits to come.
        self.server.notifications.clear()

    def position(self, offset):
        line = bisect.bisect_right(self.starts, offset) - 1
        return {"line": line, "character": offset - self.starts[line]}

    def offset(self, position):
        line = min(position["line"], len(self.starts) - 1)
        return self.starts[line] + position["character"]

    def edit(self, start, end, text):
        """When writing it began, in seconds."""
        self.version += 1
        places = [self.position(start), self.position(end)]
        return self.server.change(self.uri, self.version, *((at["line"], at["character"]) for at in places), text)

    def published(self, fits):
        """Waits for a publication of this version whose findings fit: (arrival, findings)."""
        arrival, params = self.server.wait_for(PUBLISH, lambda params: (
            params["uri"] == self.uri and params.get("version", self.version) == self.version
            and fits(params["diagnostics"])), self.limit)
        self.published_last = params["diagnostics"]
        return arrival, self.published_last

    def near(self, offset, rule="", reach=1500):
        """Whether a finding of such a rule stands near a place."""
        def there(findings):
            return any(str(found.get("code")).startswith(rule)
                       and abs(self.offset(found["range"]["start"]) - offset) <= reach for found in findings)
        return there

    def places(self, pattern, number, chance):
        """Where to type: right behind what matches, at random places of the file."""
        wanted, places = re.compile(pattern), []
        while len(places) < number:
            found = wanted.search(self.text, chance.randrange(len(self.text) * 19 // 20))
            found = found or wanted.search(self.text)
            if not found:
                raise RuntimeError(f"{pattern} is nowhere in {self.file.path.name}")
            places.append(found.end())
        return places

    def slip(self, place, typed, rule=""):
        """Types something wrong and takes it out again: milliseconds until its finding is there, and until it is gone."""
        there = self.near(place, rule)
        sent = self.edit(place, place, typed)
        appeared = self.published(there)[0] - sent
        sent = self.edit(place, place + len(typed.encode()), "")
        vanished = self.published(lambda found: not there(found))[0] - sent
        return [appeared * 1000, vanished * 1000]

    def slips(self, bench, pattern, typed, rule="", number=200):
        samples = []
        for place in self.places(pattern, bench.count(number), bench.chance):
            samples += self.slip(place, typed, rule)
        return samples

    def ask(self, method, place, **more):
        """Milliseconds until a request at a place is answered, and the answer."""
        took, answer = self.server.request("textDocument/" + method, {
            "textDocument": {"uri": self.uri}, **({"position": self.position(place)} if place is not None else {}), **more},
            self.limit)
        return took * 1000, answer

    def leave(self):
        if self.server.leave() != 0:
            raise RuntimeError("the server ended with another status than 0")


def processor_time(processes):
    """Milliseconds that processes, each with all threads it ever had, had a processor for."""
    total = 0
    for process in processes:
        try:
            # The clock that Linux keeps of another process, as `clock_getcpuclockid` names it.
            total += time.clock_gettime_ns(~process << 3 | 2) / 1e6
        except OSError:
            pass
    return total
