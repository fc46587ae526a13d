#!/usr/bin/env python3
"""A short conversation with the real server, told as it goes. Usage: conversation.py SERVER [ARGUMENT]..."""
import pathlib
import sys

from lsp_client import Server

root = pathlib.Path(__file__).resolve().parent.parent
path = root / "Examples" / "shelf" / "shelf.json"
uri = path.as_uri()
wrong, right = '"8936000010518"', '"8936000010515"'


def place(text, offset):
    before = text[:offset]
    return before.count("\n"), offset - (before.rfind("\n") + 1)


def show(params):
    findings = params["diagnostics"]
    print(f"<- {len(findings)} findings for version {params.get('version')}")
    for finding in findings[:4]:
        start = finding["range"]["start"]
        print(f"   {start['line'] + 1}:{start['character'] + 1} {finding['message']}")
    if len(findings) > 4:
        print(f"   … and {len(findings) - 4} more")


def main():
    server = Server(sys.argv[1:], log=sys.stderr)
    result = server.initialize((root / "Examples" / "shelf").as_uri(), options={"typingPause": 0})
    info = result.get("serverInfo", {})
    print(f"-> initialize\n<- {info.get('name')} {info.get('version')}, positions in "
          f"{result['capabilities'].get('positionEncoding', 'utf-16')}")

    text = path.read_text()
    at = text.index(wrong)
    start, end = place(text, at), place(text, at + len(wrong))
    here = lambda finding: finding["range"]["start"] == {"line": start[0], "character": start[1]}
    digits = lambda params: [f for f in params["diagnostics"] if here(f) and "gtin-check-digit" in str(f.get("code"))]

    print(f"-> open {path.relative_to(root)}")
    server.open(uri, "json", text)
    show(server.wait_for("textDocument/publishDiagnostics", lambda p: p["uri"] == uri and digits(p), 60)[1])

    print("-> hover on the barcode")
    _, hover = server.request("textDocument/hover", {
        "textDocument": {"uri": uri}, "position": {"line": start[0], "character": start[1] + 2}})
    for line in (hover or {}).get("contents", {}).get("value", "").splitlines()[:4]:
        print(f"   {line}")

    print("-> write 5 for the last digit")
    sent = server.change(uri, 2, (end[0], end[1] - 2), (end[0], end[1] - 1), right[-2])
    arrival, params = server.wait_for(
        "textDocument/publishDiagnostics", lambda p: p["uri"] == uri and p.get("version") == 2 and not digits(p), 60)
    print(f"<- gone after {(arrival - sent) * 1000:.1f} ms; {len(params['diagnostics'])} findings are left")

    status = server.leave()
    print(f"-> shutdown, exit\n<- the server left with status {status}")
    return status


sys.exit(main())
