#!/usr/bin/env python3
"""Holds messages that tests recorded against the types that the protocol publishes (lsprotocol).

Usage: judge-messages.py FOLDER | --self-test

FOLDER holds a file for each conversation (`CONCORD_RECORD_MESSAGES`), a JSON object a line: `{"from": "client" | "server",
"message": {…}}`. A message is right if it can be read as its type, and what was read, written again, says the same: so a member that
no type knows, a number where a text belongs and a missing member are all found. Requests that are answered with an error may be
wrong on purpose, and are not judged. Leaves with 1 if anything is wrong, or if nothing was recorded.
"""
import collections
import json
import pathlib
import sys

from lsprotocol import converters, types

CONVERTER = converters.get_converter()
# What tests send to see what becomes of it, and no editor would: the method, and a part of the message.
WRONG_ON_PURPOSE = [
    ("textDocument/didChange", '"textDocument": 3'),
    ("workspace/didChangeWatchedFiles", '"type": 9'),
    ("initialize", '"general": 3'),
    ("$/cancelRequest", '"params": {}'),
    ("textDocument/didChange", '"contentChanges": "?"'),
]
# A client that says this says nothing but wrong things, one after the other; only its server is judged.
WRONG_THROUGHOUT = '"uri": 1, "type": "x"'
MISSING = object()


def differences(original, again, path=""):
    """Where two JSON values differ; members that are null or missing are the same."""
    if type(original) is not type(again) and not (
            isinstance(original, (int, float)) and isinstance(again, (int, float))
            and not isinstance(original, bool) and not isinstance(again, bool)):
        yield f"{path or '/'}: {json.dumps(original)[:80]} is read as {json.dumps(again)[:80]}"
    elif isinstance(original, dict):
        for key in original.keys() | again.keys():
            left, right = original.get(key), again.get(key)
            if left is None and right is None:
                continue
            if key not in original:
                # The type adds a constant that the message left out.
                yield f"{path}/{key}: missing"
            elif key not in again:
                yield f"{path}/{key}: no such member"
            else:
                yield from differences(left, right, f"{path}/{key}")
    elif isinstance(original, list):
        if len(original) != len(again):
            yield f"{path}: {len(original)} elements are read as {len(again)}"
        for index, (left, right) in enumerate(zip(original, again)):
            yield from differences(left, right, f"{path}/{index}")
    elif original != again:
        yield f"{path}: {json.dumps(original)[:80]} is read as {json.dumps(again)[:80]}"


def faults(message, kind):
    """What is wrong with a message of a type."""
    try:
        # Through text, since kinds are read as names of their own.
        again = json.loads(json.dumps(CONVERTER.unstructure(CONVERTER.structure(message, kind))))
    except Exception as error:  # pylint: disable=broad-exception-caught
        return ["can't be read: " + explain(error)]
    # An answer without a result says `null`; the type leaves it out, and so does the comparison.
    return list(differences(message, again))


def explain(error, depth=0):
    """The innermost reasons of an error that holds others."""
    inner = getattr(error, "exceptions", None)
    if not inner or depth > 20:
        return f"{type(error).__name__}: {error}"
    return "; ".join(explain(each, depth + 1) for each in inner)


def what_is_chosen(method, message):
    """Whether a message is a list of code actions and commands."""
    return method == "textDocument/codeAction" and isinstance(message.get("result"), list)


class Conversation:
    """The messages between one client and one server, in the order in which the client wrote and read them."""

    def __init__(self):
        self.asked = {"client": {}, "server": {}}
        self.failed = set()
        self.is_wrong = False
        self.judged = collections.Counter()
        self.problems = []

    def read(self, lines):
        entries = [json.loads(line) for line in lines]
        for entry in entries:
            message = entry["message"]
            if "method" not in message and "error" in message and message.get("id") is not None:
                other = "server" if entry["from"] == "client" else "client"
                self.failed.add((other, str(message["id"])))
        self.is_wrong = any(
            entry["from"] == "client" and WRONG_THROUGHOUT in json.dumps(entry["message"]) for entry in entries)
        for entry in entries:
            self.judge(entry["from"], entry["message"])

    def judge(self, side, message):
        method = message.get("method")
        if method is None:
            return self.judge_answer(side, message)
        is_request = "id" in message
        if is_request:
            self.asked[side][message["id"]] = method
            if (side, str(message["id"])) in self.failed:
                return None
        if method not in types.METHOD_TO_TYPES:
            # What no type is known of is for the server to refuse, and never for it to send.
            if side == "server":
                self.problems.append(f"server sends {method}, which the protocol does not have")
            return None
        return self.note(side, method, "request" if is_request else "notification", message,
                         types.METHOD_TO_TYPES[method][0])

    def judge_answer(self, side, message):
        other = "server" if side == "client" else "client"
        method = self.asked[other].get(message.get("id"), MISSING)
        if "error" in message:
            return self.note(side, str(method), "error", message, types.ResponseErrorMessage)
        if method is MISSING:
            # It was asked as raw bytes, which are not recorded.
            return None
        kind = types.METHOD_TO_TYPES.get(method, (None, None))[1]
        if kind is None:
            return None
        if "result" not in message:
            self.problems.append(f"{side} answers {method} without a result")
        return self.note(side, method, "answer", message, kind)

    @staticmethod
    def faults(side, method, message, kind):
        if what_is_chosen(method, message):
            # Read by themselves: an action with a command is taken for a command otherwise.
            found = [fault for each in message["result"] for fault in faults(
                each, types.Command if isinstance(each.get("command"), str) else types.CodeAction)]
        else:
            found = faults(message, kind)
        # A client may say more than a type knows, and tests send it numbers beyond all documents; servers bear with both.
        return [fault for fault in found if side == "server" or not (
            fault.endswith(": no such member") or "should be in range" in fault)]

    def note(self, side, method, what, message, kind):
        # What comes to be resolved goes back as it came.
        if self.is_wrong and (side == "client" or method.endswith("/resolve")):
            return
        if side == "client" and any(
                method == wrong and part in json.dumps(message) for wrong, part in WRONG_ON_PURPOSE):
            return
        self.judged[side, what, method] += 1
        for fault in self.faults(side, method, message, kind):
            self.problems.append(f"{side} {what} {method}: {fault}\n    {json.dumps(message)[:400]}")


def judge(folder):
    judged = collections.Counter()
    problems = collections.Counter()
    count = 0
    for path in sorted(pathlib.Path(folder).glob("*.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        # Tests of the connection alone say whatever they like, and never begin a session.
        if not any('"method":"initialize"' in line.replace(" ", "") for line in lines):
            continue
        count += 1
        conversation = Conversation()
        conversation.read(lines)
        judged.update(conversation.judged)
        problems.update(conversation.problems)
    total = sum(judged.values())
    methods = {method for _, _, method in judged}
    print(f"{total} messages of {len(methods)} methods in {count} conversations held against the protocol's types")
    for problem, count in sorted(problems.items()):
        print(f"{count} × {problem}")
    if not total:
        print("Nothing was recorded.")
    return 1 if problems or not total else 0


RIGHT = [
    ("client", {"jsonrpc": "2.0", "id": 1, "method": "textDocument/hover", "params": {
        "textDocument": {"uri": "file:///a.json"}, "position": {"line": 0, "character": 2}}}),
    ("server", {"jsonrpc": "2.0", "id": 1, "result": {"contents": {"kind": "markdown", "value": "a"}}}),
    ("client", {"jsonrpc": "2.0", "id": 2, "method": "textDocument/codeAction", "params": {
        "textDocument": {"uri": "file:///a.json"}, "context": {"diagnostics": []},
        "range": {"start": {"line": 0, "character": 2}, "end": {"line": 0, "character": 2}}}}),
    ("server", {"jsonrpc": "2.0", "id": 2, "result": [{"title": "Fix", "kind": "source.fixAll.concord", "edit": {
        "documentChanges": [{"textDocument": {"uri": "file:///a.json", "version": None}, "edits": [
            {"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}, "newText": "b"}]}]}}]}),
]
WRONG = [
    ("a member that no type knows", 1, {"jsonrpc": "2.0", "id": 1, "result": {
        "contents": {"kind": "markdown", "value": "a"}, "colour": "red"}}),
    ("a kind that there is not", 1, {"jsonrpc": "2.0", "id": 1, "result": {"contents": {"kind": "html", "value": "a"}}}),
    ("a number where a text belongs", 3, {"jsonrpc": "2.0", "id": 2, "result": [{"title": 3}]}),
    ("a member that is missing", 0, {"jsonrpc": "2.0", "id": 1, "method": "textDocument/hover", "params": {
        "textDocument": {"uri": "file:///a.json"}}}),
    ("a text where a number belongs", 0, {"jsonrpc": "2.0", "id": 1, "method": "textDocument/hover", "params": {
        "textDocument": {"uri": "file:///a.json"}, "position": {"line": "0", "character": 2}}}),
    ("a method that the server made up", 1, {"jsonrpc": "2.0", "method": "concord/word", "params": {}}),
]


def self_test():
    """Right messages pass, and each wrong one is found."""
    def problems(messages):
        conversation = Conversation()
        conversation.read(json.dumps({"from": side, "message": message}) for side, message in messages)
        return conversation.problems

    status = 0
    if problems(RIGHT):
        print("right messages are refused:", *problems(RIGHT), sep="\n  ")
        status = 1
    for name, index, message in WRONG:
        messages = list(RIGHT)
        messages[index] = (RIGHT[index][0], message)
        if not problems(messages):
            print(f"not found: {name}")
            status = 1
    return status


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(self_test() if sys.argv[1] == "--self-test" else self_test() or judge(sys.argv[1]))
