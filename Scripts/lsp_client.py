"""A small LSP client over a server's standard input and output. Python's own library only."""
import collections
import json
import os
import subprocess
import threading
import time


class Server:
    """A running language server. Arrival times are taken when a message is whole, before it is decoded."""

    def __init__(self, command, log=None):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log or subprocess.DEVNULL, bufsize=0)
        self.news = threading.Condition()
        # The reading thread answers requests, while others write.
        self.writing = threading.Lock()
        self.answers = {}
        # Notifications in order: (arrival in seconds, method, params).
        self.notifications = collections.deque()
        # The longest notification of each method, in bytes; and who wants to see each as it comes, on the reading thread.
        self.largest = {}
        self.listener = None
        self.next_id = 0
        self.ended = False
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        stream = os.fdopen(os.dup(self.process.stdout.fileno()), "rb", buffering=1 << 16)
        while True:
            length = None
            while True:
                line = stream.readline()
                if not line:
                    with self.news:
                        self.ended = True
                        self.news.notify_all()
                    return
                if line == b"\r\n":
                    break
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            body = stream.read(length)
            arrival = time.perf_counter()
            message = json.loads(body)
            with self.news:
                if "method" not in message:
                    self.answers[message["id"]] = (arrival, message)
                elif "id" in message:
                    self._send({"jsonrpc": "2.0", "id": message["id"], "result": None})
                else:
                    method, params = message["method"], message.get("params")
                    self.largest[method] = max(length, self.largest.get(method, 0))
                    self.notifications.append((arrival, method, params))
                    if self.listener:
                        self.listener(arrival, method, params)
                self.news.notify_all()

    def _send(self, message):
        body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
        data = b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
        started = time.perf_counter()
        view = memoryview(data)
        with self.writing:
            while view:
                view = view[os.write(self.process.stdin.fileno(), view):]
        return started

    def notify(self, method, params):
        """Sends a notification; the result is when writing it began."""
        return self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def request(self, method, params, limit=600):
        """Sends a request and waits. The result is (seconds it took, result or error)."""
        self.next_id += 1
        number = self.next_id
        started = self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        with self.news:
            self._wait(lambda: number in self.answers, limit, method)
            arrival, message = self.answers.pop(number)
        if "error" in message:
            raise RuntimeError(f"{method}: {message['error']}")
        return arrival - started, message.get("result")

    def wait_for(self, method, fits, limit=600):
        """Takes notifications in order until one fits. The result is (arrival, params)."""
        found = []

        def look():
            while self.notifications:
                arrival, name, params = self.notifications.popleft()
                if name == method and fits(params):
                    found.append((arrival, params))
                    return True
            return False

        with self.news:
            self._wait(look, limit, method)
        return found[0]

    def _wait(self, condition, limit, what):
        ends = time.monotonic() + limit
        while not condition():
            if self.ended:
                raise RuntimeError(f"the server ended while waiting for {what}")
            if not self.news.wait(max(0, ends - time.monotonic())) and time.monotonic() >= ends:
                raise TimeoutError(f"no {what} within {limit} s")

    def initialize(self, root=None, pulls=False, options=None, limit=600):
        document = {"synchronization": {}, "hover": {"contentFormat": ["markdown"]}, "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}}}
        if pulls:
            document["diagnostic"] = {}
        else:
            document["publishDiagnostics"] = {"versionSupport": True, "relatedInformation": True}
        _, result = self.request("initialize", {
            "processId": os.getpid(), "rootUri": root, "initializationOptions": options or {},
            "capabilities": {"general": {"positionEncodings": ["utf-8", "utf-16"]}, "textDocument": document}}, limit)
        self.notify("initialized", {})
        return result

    def open(self, uri, language, text):
        return self.notify("textDocument/didOpen", {
            "textDocument": {"uri": uri, "languageId": language, "version": 1, "text": text}})

    def change(self, uri, version, start, end, text):
        """Replaces from `start` to `end`, each (line, character)."""
        place = lambda at: {"line": at[0], "character": at[1]}
        return self.notify("textDocument/didChange", {
            "textDocument": {"uri": uri, "version": version},
            "contentChanges": [{"range": {"start": place(start), "end": place(end)}, "text": text}]})

    def leave(self):
        """Shutdown and exit; the result is the exit status."""
        self.request("shutdown", None)
        self.notify("exit", None)
        return self.process.wait(timeout=30)

    def processes(self):
        """The server and everything below it, by process id."""
        parents = {}
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                try:
                    with open(f"/proc/{entry}/stat", "rb") as file:
                        parents[int(entry)] = int(file.read().rsplit(b")", 1)[1].split()[1])
                except OSError:
                    pass
        found = [self.process.pid]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found

    def memory(self, processes=None):
        """Proportional set size in bytes of the processes together; without any named, of the server and its workers."""
        total = 0
        for pid in self.processes() if processes is None else processes:
            try:
                with open(f"/proc/{pid}/smaps_rollup") as file:
                    total += sum(int(line.split()[1]) * 1024 for line in file if line.startswith("Pss:"))
            except OSError:
                pass
        return total
