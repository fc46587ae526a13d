"""How long until all is right again: after a plugin's process was killed, and after a plugin did what it must not.

Uses the plugin that tests are done with, which does what an entry tells it to. A finding that is lost fails the bench.
"""
import os
import signal
import time

from lsp_client import Server
from rows import row
from table import Result, Unable

SECTION = "After a fault of a plugin, until all findings are right"
ENTRIES = 400
# Kills that a server sees before another one is started: a plugin that dies more often is started again after a pause.
KILLS = 3
STOPPED, CONFUSED = "concord/plugin-stopped", "concord/plugin-confused"
MISDEEDS = {
    "crash": STOPPED, "abort": STOPPED, "exit": STOPPED, "overflow": STOPPED, "take all memory": STOPPED,
    "close everything": STOPPED, "noise": STOPPED, "loop": STOPPED, "sleep": STOPPED, "deadlock": STOPPED,
    "nonsense": CONFUSED, "outside": CONFUSED, "flood": CONFUSED, "flood with facts": CONFUSED}
DESCRIPTOR = """{"id": "hostile", "version": "1.0.0", "name": "Tests", "library": "ConcordHostilePlugin", "dialects": [
  {"id": "flat", "name": "tests", "syntax": "json", "schema": "flat.json", "files": ["*.json"],
   "probe": {"required": ["flat"]}, "records": ["/flat/*"]}]}"""
SCHEMA = """{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Tests", "type": "object", "properties": {
  "flat": {"type": "array", "items": {"type": "object", "properties": {
    "command": {"type": "string", "x-field": "command"}}}}}}"""


class Shaken:
    """A server with a file of entries of which none is a misdeed, one a line, all found."""

    def __init__(self, bench):
        plugin = bench.folder / "hostile" / "hostile"
        library = bench.products / "libConcordHostilePlugin.so"
        if not library.exists():
            raise Unable(f"{library} is not built")
        if not plugin.exists():
            plugin.mkdir(parents=True)
            (plugin / "plugin.json").write_text(DESCRIPTOR)
            (plugin / "flat.json").write_text(SCHEMA)
            _, rules = bench.run([str(bench.products / "concord-worker"), "--describe", str(library)], accepts=(0,))
            (plugin / "rules.json").write_bytes(rules)
        self.limit, self.lost = bench.limit, 0
        self.server = Server([bench.server, "lsp", "--plugins", str(plugin.parent)])
        self.server.initialize(bench.folder.as_uri(), pulls=True, options={"typingPause": 0})
        self.uri = (plugin.parent / "file.json").as_uri()
        self.commands = [f"fine {number}" for number in range(ENTRIES)]
        lines = ",\n".join(f'{{"command": "{command}"}}' for command in self.commands)
        self.server.open(self.uri, "json", '{"flat": [\n' + lines + "\n]}\n")
        self.version = 1
        self.expect({})

    def type(self, entry, command):
        self.version += 1
        start = len('{"command": "')
        self.server.change(
            self.uri, self.version, (entry + 1, start), (entry + 1, start + len(self.commands[entry])), command)
        self.commands[entry] = command

    def expect(self, faults):
        """Waits for the findings of this version; counts those that are not there. `faults`: the rule at each misdeed's entry."""
        _, answer = self.server.request("textDocument/diagnostic", {"textDocument": {"uri": self.uri}}, self.limit)
        found = {(one["range"]["start"]["line"] - 1, one["code"], one["message"]) for one in answer["items"]}
        expected = [(entry, "hostile/attempt", command) for entry, command in enumerate(self.commands)
                    if entry not in faults]
        self.lost += sum(line not in found for line in expected)
        places = {line[:2] for line in found}
        self.lost += sum(fault not in places for fault in faults.items())

    def leave(self):
        if self.server.leave() != 0:
            raise RuntimeError("the server ended with another status than 0")


def result(samples, lost):
    return Result(samples, note=f"{lost} findings lost" if lost else "", failed=bool(lost))


@row("kill", "`kill -9` of a plugin's process, and an edit", SECTION, goal=300)
def kill(bench):
    bench.close()
    samples, lost = [], 0
    for _ in range(1 if bench.quick else 5):
        shaken = Shaken(bench)
        for number in range(KILLS):
            began = time.perf_counter()
            for process in shaken.server.processes()[1:]:
                os.kill(process, signal.SIGKILL)
            shaken.type(number, f"fine again {number}")
            shaken.expect({})
            samples.append((time.perf_counter() - began) * 1000)
        lost += shaken.lost
        shaken.leave()
    return result(samples, lost)


def add(misdeed, rule):
    @row("misdeed-" + misdeed.replace(" ", "-"), f"an entry at which its code does this: {misdeed}", SECTION)
    def measure(bench):
        samples, lost = [], 0
        for _ in range(1 if bench.quick else 5):
            shaken = Shaken(bench)
            began = time.perf_counter()
            shaken.type(ENTRIES // 2, misdeed)
            shaken.expect({ENTRIES // 2: rule})
            samples.append((time.perf_counter() - began) * 1000)
            lost += shaken.lost
            shaken.leave()
        return result(samples, lost)


for misdeed, rule in MISDEEDS.items():
    add(misdeed, rule)
