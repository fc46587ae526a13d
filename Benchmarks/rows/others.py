"""What others do with the same labels, as far as they can be installed: no goal of ours, only what to compare with."""
import json
import re

from data import coco
from lsp_client import Server
from peers import Missing
from rows import row
from table import Result, Unable

SECTION = "Others, with the same labels"


def toml(size, seed=1):
    """COCO as TOML, for servers that read nothing else."""
    document = json.loads(coco(size, seed))
    lines = []
    for name in ("images", "annotations", "categories"):
        for entry in document[name]:
            lines.append(f"[[{name}]]")
            lines += [f"{key} = {json.dumps(value)}" for key, value in entry.items()]
    return "\n".join(lines) + "\n"


def typed(bench, package, *arguments):
    """A stray letter in a number, and away again, until what the server tells changes."""
    try:
        command = bench.peers.program(package, *arguments)
    except Missing as problem:
        raise Unable(str(problem)) from None
    text = toml(200_000 if bench.quick else 1_000_000)
    path = bench.folder / "labels.toml"
    path.write_text(text)
    starts = [0] + [found.end() for found in re.finditer("\n", text)]
    server = Server(command)
    try:
        return Result(slips(bench, server, path, text, starts),
                      note=f"{len(text) / 1e6:.1f} MB of TOML; {server.memory() / 1e6:.0f} MB of memory")
    except (RuntimeError, TimeoutError, OSError) as problem:
        # What others do is not Concord's fault.
        raise Unable(f"{package} does not work here: {problem}") from None
    finally:
        server.process.kill()
        server.process.wait()


def slips(bench, server, path, text, starts):
    server.initialize(root=bench.folder.as_uri(), limit=10)
    server.open(path.as_uri(), "toml", text)
    samples = []
    lines = [number for number, start in enumerate(starts[:-1]) if text.startswith("area = ", start)]
    for turn in range(3 if bench.quick else 10):
        line = bench.chance.choice(lines)
        for wrong in (True, False):
            version = 2 * turn + (2 if wrong else 3)
            whole = text[:starts[line] + 7] + ("x" if wrong else "") + text[starts[line] + 7:]
            # Neither takes a part of a text; the whole is sent.
            sent = server.notify("textDocument/didChange", {
                "textDocument": {"uri": path.as_uri(), "version": version}, "contentChanges": [{"text": whole}]})
            arrival, _ = server.wait_for("textDocument/publishDiagnostics", lambda params: (
                params["uri"] == path.as_uri() and bool(params["diagnostics"]) == wrong), 60)
            samples.append((arrival - sent) * 1000)
    return samples


@row("other-tombi", "tombi: a slip in a number, until it is told", SECTION)
def other_tombi(bench):
    return typed(bench, "tombi", "lsp")


@row("other-taplo", "taplo: a slip in a number, until it is told", SECTION)
def other_taplo(bench):
    return typed(bench, "taplo", "lsp", "stdio")


@row("other-check-jsonschema", "check-jsonschema: COCO on one line, 16 MB, the schema alone", SECTION)
def other_check_jsonschema(bench):
    file = bench.file("coco", 16)
    schema = bench.plugins / "Vision" / "schemas" / "coco.json"
    try:
        command = bench.peers.program("check-jsonschema", "--schemafile", str(schema), str(file.path))
    except Missing as problem:
        raise Unable(str(problem)) from None
    took, _ = bench.run(command)
    own, _ = bench.run([bench.server, "check", "--schema", str(schema), str(file.path)])
    return Result([took], ("concord check --schema", own))
