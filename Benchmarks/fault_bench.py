#!/usr/bin/env python3
"""How long until everything is right again: after a plugin's process was killed, and after a plugin did what it must not.

Uses the plugin that tests are done with, which does what an entry tells it to. Prints a table; asserts nothing about time. The status
is not 0 if a finding was lost, or the server ended.
"""
import argparse
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Scripts"))
from lsp_client import Server  # noqa: E402

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


class Bench:
    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        products = pathlib.Path(options.server).resolve().parent
        plugin = folder / "plugins" / "hostile"
        plugin.mkdir(parents=True)
        (plugin / "plugin.json").write_text(DESCRIPTOR)
        (plugin / "flat.json").write_text(SCHEMA)
        rules = subprocess.run(
            [products / "concord-worker", "--describe", products / "libConcordHostilePlugin.so"],
            stdout=subprocess.PIPE, check=True)
        (plugin / "rules.json").write_bytes(rules.stdout)
        self.faults = self.lost = self.crashes = 0

    def start(self):
        """A server with a file of entries of which none is a misdeed, one a line, all found."""
        self.server = Server([self.options.server, "lsp", "--plugins", str(self.folder / "plugins")])
        self.server.initialize(self.folder.as_uri(), pulls=True, options={"typingPause": 0})
        self.uri = (self.folder / "file.json").as_uri()
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
        _, answer = self.server.request("textDocument/diagnostic", {"textDocument": {"uri": self.uri}})
        found = {(item["range"]["start"]["line"] - 1, item["code"], item["message"]) for item in answer["items"]}
        expected = [(entry, "hostile/attempt", command) for entry, command in enumerate(self.commands)
                    if entry not in faults]
        self.lost += sum(line not in found for line in expected)
        places = {line[:2] for line in found}
        self.lost += sum(fault not in places for fault in faults.items())

    def timed(self, work):
        began = time.perf_counter()
        try:
            work()
        except (RuntimeError, TimeoutError):
            self.crashes += 1
        self.faults += 1
        return (time.perf_counter() - began) * 1000

    def leave(self):
        try:
            if self.server.leave() != 0:
                self.crashes += 1
        except (RuntimeError, OSError):
            self.crashes += 1

    def kills(self):
        """Milliseconds from the end of each of the plugin's processes to all findings of the next edit."""
        times = []
        for run in range(self.options.runs * KILLS):
            if run % KILLS == 0:
                self.start()

            def work():
                for process in self.server.processes()[1:]:
                    os.kill(process, signal.SIGKILL)
                self.type(run % ENTRIES, f"fine again {run}")
                self.expect({})

            times.append(self.timed(work))
            if run % KILLS == KILLS - 1:
                self.leave()
        return times

    def misdeeds(self, misdeed, rule):
        """Milliseconds from typing it to its finding, with all others there."""
        times = []
        for _ in range(self.options.runs):
            self.start()

            def work():
                self.type(ENTRIES // 2, misdeed)
                self.expect({ENTRIES // 2: rule})

            times.append(self.timed(work))
            self.leave()
        return times

    def run(self):
        print(f"{'what':28} {'runs':>5} {'median ms':>10} {'worst ms':>10}")
        rows = [("kill -9 to right findings", self.kills)]
        rows += [(misdeed, lambda m=misdeed, r=rule: self.misdeeds(m, r)) for misdeed, rule in MISDEEDS.items()]
        for name, work in rows:
            times = work()
            print(f"{name:28} {len(times):5} {statistics.median(times):10.1f} {max(times):10.1f}", flush=True)
        print(f"{self.faults} faults, {self.lost} findings lost, {self.crashes} servers that ended")
        return 1 if self.lost or self.crashes else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", required=True)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="concord-bench-") as folder:
        return Bench(options, pathlib.Path(folder).resolve()).run()


sys.exit(main())
