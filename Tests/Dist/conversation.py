"""What an editor does, over the server's standard input and output."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "Scripts"))
from lsp_client import Server  # noqa: E402

LIMIT = 120


class Editor:
    """An editor outside the tree, with its server inside."""

    def __init__(self, tree, folder, **options):
        self.tree, self.texts, self.versions, self.said = tree, {}, {}, {}
        self.server = Server(tree.command("concord", "lsp", folder=folder), log=sys.stderr)
        self.server.listener = self.hear
        self.server.initialize(tree.uri(folder), options={"typingPause": 0, **options}, limit=LIMIT)

    def hear(self, _, method, params):
        """Keeps what was last said of each file."""
        if method == "textDocument/publishDiagnostics":
            self.said[params["uri"]] = params

    def open(self, path, language="json"):
        self.texts[path], self.versions[path] = self.tree.read(path), 1
        self.server.open(self.tree.uri(path), language, self.texts[path])

    def findings(self, path, fits):
        """Waits until what was last said of `path` fits, and is of its newest version where it is open."""
        def is_so():
            params = self.said.get(self.tree.uri(path), {"diagnostics": [], "version": 0})
            return params.get("version") == self.versions.get(path) and fits(params["diagnostics"])

        with self.server.news:
            self.server._wait(is_so, LIMIT, f"such findings in {path}")
            return self.said[self.tree.uri(path)]["diagnostics"]

    def actions(self, path, finding):
        _, found = self.server.request("textDocument/codeAction", {
            "textDocument": {"uri": self.tree.uri(path)}, "range": finding["range"],
            "context": {"diagnostics": [finding], "only": ["quickfix"]}}, LIMIT)
        return found or []

    def replace(self, path, edit):
        """Makes one edit of the server's or the user's, and tells the server."""
        start, end = edit["range"]["start"], edit["range"]["end"]
        lines = self.texts[path].encode().split(b"\n")
        offset = lambda at: sum(len(line) + 1 for line in lines[:at["line"]]) + at["character"]
        whole = self.texts[path].encode()
        self.texts[path] = (whole[:offset(start)] + edit["newText"].encode() + whole[offset(end):]).decode()
        self.versions[path] += 1
        self.server.change(
            self.tree.uri(path), self.versions[path], (start["line"], start["character"]),
            (end["line"], end["character"]), edit["newText"])

    def save(self, path):
        self.tree.write(path, self.texts[path])
        self.server.notify("textDocument/didSave", {"textDocument": {"uri": self.tree.uri(path)}})

    def mapped(self):
        """Libraries that the server and its workers have loaded: paths as seen from inside."""
        found = set()
        for process in self.server.processes():
            try:
                lines = pathlib.Path(f"/proc/{process}/maps").read_text().splitlines()
            except OSError:
                continue
            found |= {line.split(None, 5)[5] for line in lines if ".so" in line}
        return {path.removeprefix(str(self.tree.root)) for path in found}

    def close(self):
        """The status the server left with."""
        status = self.server.leave()
        self.server.process.stdin.close()
        self.server.process.stdout.close()
        return status


def edits_of(action, uri):
    """The edits of one file in a code action."""
    edit = action["edit"]
    changes = list((edit.get("changes") or {}).items())
    changes += [(c["textDocument"]["uri"], c["edits"]) for c in edit.get("documentChanges", []) if "textDocument" in c]
    return [one for where, edits in changes if where == uri for one in edits]
