"""What is measured beside Concord: Python's own `json.loads` of the same bytes, and what PyPI has where it was installed."""
import importlib.metadata
import json
import pathlib
import subprocess
import sys

PACKAGES = ["orjson", "jsonschema-rs", "check-jsonschema", "taplo", "tombi"]

# Runs in a process of its own, so that neither's memory or garbage is the other's. Prints milliseconds a run and megabytes kept.
PROGRAM = """
import gc, json, sys, time
way, times, path, schema = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
data = open(path, "rb").read()
lines = path.endswith(".jsonl")
gc.disable()
def memory():
    with open("/proc/self/smaps_rollup") as file:
        return next(int(line.split()[1]) * 1024 / 1e6 for line in file if line.startswith("Pss:"))
if way == "json":
    loads = json.loads
else:
    import orjson
    loads = orjson.loads
judge = lambda value: None
if way == "jsonschema-rs":
    import jsonschema_rs
    validator = jsonschema_rs.validator_for(json.load(open(schema)))
    judge = lambda value: sum(1 for _ in validator.iter_errors(value))
kept, samples, before = None, [], memory()
for _ in range(times):
    kept = None
    started = time.perf_counter()
    kept = [loads(line) for line in data.splitlines()] if lines else loads(data)
    for value in kept if lines else [kept]:
        judge(value)
    samples.append((time.perf_counter() - started) * 1000)
print(json.dumps({"samples": samples, "memory": memory() - before + len(data) / 1e6}))
"""


class Missing(Exception):
    """A peer that is not installed, or does not work here, and why."""


class Peers:
    def __init__(self, folder):
        """`folder` is where `install` puts packages; it need not be there."""
        self.folder = pathlib.Path(folder)
        self.known = {}

    def install(self):
        """From PyPI, into a Python of their own in the folder. Nothing else ever downloads anything."""
        if not self.python.exists():
            subprocess.run([sys.executable, "-m", "venv", self.folder], check=True)
        for package in PACKAGES:
            status = subprocess.run([self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", package],
                                    check=False).returncode
            if status != 0:
                print(f"{package} could not be installed", file=sys.stderr)

    @property
    def python(self):
        return self.folder / "bin" / "python"

    def versions(self):
        """(name, version or None) of each."""
        found = {}
        places = [str(place) for place in self.folder.glob("lib/python*/site-packages")]
        for distribution in importlib.metadata.distributions(path=places):
            found[distribution.metadata["Name"].lower().replace("_", "-")] = distribution.version
        return [(package, found.get(package)) for package in PACKAGES]

    def require(self, package):
        if not dict(self.versions())[package]:
            raise Missing(f"{package} is not installed (--peers)")

    def program(self, package, *arguments):
        """The command line of a package that has one."""
        self.require(package)
        program = self.folder / "bin" / package
        if not program.exists():
            raise Missing(f"{package} has no program in {program.parent}")
        return [str(program), *arguments]

    def parse(self, path, way="json", times=3, schema="-"):
        """Parsing a file, every line by itself in JSONL, and for `jsonschema-rs` judging it: (milliseconds a run, megabytes)."""
        if way != "json":
            self.require("orjson")
        if way == "jsonschema-rs":
            self.require(way)
        key = (str(path), way, str(schema))
        if key not in self.known:
            python = sys.executable if way == "json" else self.python
            done = subprocess.run([python, "-c", PROGRAM, way, str(times), path, schema], capture_output=True, text=True,
                                  check=False)
            if done.returncode != 0:
                raise Missing(f"{way}: {(done.stderr.strip().splitlines() or ['it failed'])[-1]}")
            answer = json.loads(done.stdout)
            self.known[key] = (sorted(answer["samples"])[len(answer["samples"]) // 2], answer["memory"])
        return self.known[key]
