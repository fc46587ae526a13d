"""Programs that start, one that has nothing to do, and what a server takes in memory."""
import json
import time

import bench as benching
import formats
from bench import REPOSITORY, processor_time
from lsp_client import Server
from peers import Missing
from rows import row
from table import Result, Unable

SECTION = "Starting, resting, memory"


@row("version", "`concord --version`, the whole process", SECTION, goal=10)
def version(bench):
    samples = [bench.run([bench.server, "--version"], accepts=(0,))[0] for _ in range(bench.count(100))]
    return Result(samples, bench.python())


@row("initialize", "from the start of the server to its answer to `initialize`", SECTION, goal=30)
def initialize(bench):
    def once(command, limit):
        started = time.perf_counter()
        server = Server(command)
        try:
            server.initialize(limit=limit)
            return (time.perf_counter() - started) * 1000
        finally:
            server.process.kill()
            server.process.wait()

    samples = [once(bench.command(), bench.limit) for _ in range(bench.count(60))]
    try:
        command = bench.peers.program("tombi", "lsp")
        others = [("tombi", benching.median([once(command, 10) for _ in range(bench.count(20))]))]
    except (Missing, RuntimeError, TimeoutError, OSError) as problem:
        others = [(f"tombi: {problem}", None)]
    return Result(samples, bench.python(), others=others)


@row("idle", "processor time in five seconds in which nothing happens, 16 MB of COCO open; server and workers", SECTION, goal=0)
def idle(bench):
    session = bench.open("coco", 16)
    session.slips(bench, rb'"bbox": \[[^,]+, [^,]+, ', "-", "vision/", 20)
    # By then what an edit leaves to be done after a rest is over, and threads that have nothing to do have ended.
    time.sleep(2 if bench.quick else 10)
    processes = session.server.processes()
    before = processor_time(processes)
    time.sleep(2 if bench.quick else 5)
    used = processor_time(processes) - before
    # Less than a thousandth of one processor is what waking up by the kernel itself takes.
    return Result([0 if used < 1 else used], note=f"{used:.2f} ms; under 1 ms counts as 0")


def memory(bench, megabytes):
    session = bench.open("coco", megabytes)
    time.sleep(1)
    reference = bench.loads_memory(session.file)
    return Result([session.server.memory() / 1e6], reference, f"{len(session.server.processes())} processes")


@row("memory-16", "memory (PSS of server and workers), 16 MB of COCO open and used", SECTION, goal=100, unit="MB")
def memory_16(bench):
    return memory(bench, 16)


@row("memory-160", "the same, 160 MB", SECTION, goal=450, unit="MB")
def memory_160(bench):
    return memory(bench, 160)


@row("memory-plugins", "memory with five plugins loaded, a small file of each open", SECTION, unit="MB")
def memory_plugins(bench):
    """The repository's, each with its process running, the example in C, and data alone up to five."""
    formats.write_speech(bench.own_formats)
    formats.write_unique(bench.own_formats)
    known = sorted(path.parent for path in bench.plugins.glob("*/plugin.json"))
    extra = [bench.own_formats / "recordings", bench.own_formats / "unique", REPOSITORY / "Templates" / "plugin-c"]
    chosen = (known + extra)[:5] if len(known) < 5 else known[:5]
    command = bench.command(*[folder for folder in chosen if folder not in known])
    examples = [
        *sorted((REPOSITORY / "Examples").glob("*/*.json")), *sorted((REPOSITORY / "Examples").glob("*/*.jsonl"))]
    server = Server(command)
    server.initialize(pulls=True)
    for path in examples:
        server.open(path.as_uri(), "jsonl" if path.suffix == ".jsonl" else "json", path.read_text())
        server.request("textDocument/diagnostic", {"textDocument": {"uri": path.as_uri()}}, bench.limit)
    time.sleep(1)
    processes = len(server.processes())
    used = server.memory() / 1e6
    server.leave()
    names = ", ".join(json.loads((folder / "plugin.json").read_text())["id"] for folder in chosen)
    return Result([used], note=f"{names}; {len(examples)} files of Examples/; {processes} processes")


@row("memory-fact", "what one of a million facts takes, with its indexes (`FactsBench`)", SECTION, goal=64, unit="B")
def memory_fact(bench):
    program = bench.products / "FactsBench"
    if not program.exists():
        raise Unable(f"{program} is not built")
    _, printed = bench.run([str(program), "100000" if bench.quick else "1000000"])
    cells = [line.split("|") for line in printed.decode().splitlines() if line.startswith("| ")][1:]
    figures = {line[1].strip(): float(line[3]) for line in cells if line[3].strip()[:1].isdigit()}
    plain = figures.pop("one a record, each its own key")
    return Result([plain], note="; ".join(f"{name}: {value:g}" for name, value in figures.items()))
