"""A list of labels as a shop has it, up to a million products, and a server with a manifest whose labels are of it."""
import json
import os
import random
import time
import unicodedata

from lsp_client import Server

SYLLABLES = ["mi", "sữa", "đường", "tra", "bo", "ka", "len", "tu", "ri", "so", "pha", "cha", "ne", "go", "vi", "ước"]
AMOUNTS = ["0 g", " kg", "0 ml", " l"]
SCHEMA = {
    "type": "object", "required": ["benchmark", "samples"], "properties": {
        "benchmark": {"const": "labels"},
        "samples": {"type": "array", "items": {"type": "object", "properties": {
            "label": {"type": "string", "x-term": {"ontology": "skus"}}}}}}}
PLUGIN = {
    "id": "bench-labels", "version": "1.0.0", "name": "Labels of products", "dialects": [{
        "id": "labels", "name": "labels of products", "syntax": "json", "schema": "schemas/labels.json",
        "files": ["*.json"], "probe": {"required": ["benchmark", "samples"], "values": {"/benchmark": "labels"}},
        "records": ["/samples/*"]}]}


class Catalogue:
    """Shop articles with names in two languages, of as many different words as a real catalogue has."""

    def __init__(self, count, seed):
        self.chance = random.Random(seed)
        # A sample of what is in the list, to ask for: (id, Vietnamese name, synonym).
        self.known = []
        self.count = count
        self.words = [self.word(number) for number in range(16, 200_016)]

    @staticmethod
    def word(number):
        word = ""
        while number > 0:
            word += SYLLABLES[number % 16]
            number //= 16
        return word

    def name(self, words):
        chance = self.chance
        # Some words stand in many names, most in few.
        chosen = [self.words[chance.randrange(200_000 if chance.random() < 0.25 else 3000)] for _ in range(words)]
        return f"{' '.join(chosen)} {chance.randrange(1, 90)}{chance.choice(AMOUNTS)}"

    def write(self, path):
        step = max(1, self.count // 500)
        with open(path, "w", encoding="utf-8") as file:
            file.write("id,name_vi,name_en,synonyms_vi,parent,deprecated\n")
            for number in range(self.count):
                chance = self.chance
                row = [f"893{number:09d}{chance.randrange(10)}", self.name(chance.randrange(2, 5)),
                       self.name(chance.randrange(2, 5)), self.name(2) if number % 3 == 0 else "",
                       f"c{chance.randrange(2000)}", "yes" if number % 20 == 7 else ""]
                if number % step == 0 and row[3] and not row[5]:
                    self.known.append((row[0], row[1], row[3]))
                file.write(",".join(row) + "\n")
        age(path)


def age(path):
    """A file of a while ago: one that has just changed may change again within a step of the file system's clock."""
    then = time.time() - 60
    os.utime(path, (then, then))


def folded(text):
    return "".join(c for c in unicodedata.normalize("NFD", text.lower().replace("đ", "d")) if not unicodedata.combining(c))


class Shop:
    """The folder of the dataset: the list, its plugin, and the server's command line."""

    def __init__(self, bench, count):
        folder = bench.folder / f"shop-{count}"
        plugin = folder / "plugins" / "bench-labels"
        (plugin / "schemas").mkdir(parents=True)
        (plugin / "plugin.json").write_text(json.dumps(PLUGIN))
        (plugin / "schemas" / "labels.json").write_text(json.dumps(SCHEMA))
        self.dataset = folder / "dataset"
        self.dataset.mkdir()
        self.list = self.dataset / "products.csv"
        self.catalogue = Catalogue(count, bench.seed)
        self.catalogue.write(self.list)
        (self.dataset / "concord.json").write_text('{"vocabularies": {"skus": "products.csv"}}')
        self.command = bench.command(folder / "plugins")
        self.limit = bench.limit

    def open(self):
        return Desk(self)


class Desk:
    """A server with one manifest of the dataset open. `label` is what stands in its first sample."""

    def __init__(self, shop):
        self.shop, self.limit = shop, shop.limit
        labels = [product[0] for product in shop.catalogue.known[:50]]
        self.started = time.perf_counter()
        self.server = Server(shop.command)
        self.server.initialize(root=shop.dataset.as_uri(), options={"typingPause": 0})
        self.uri = (shop.dataset / "labels.json").as_uri()
        self.label = labels[0]
        self.version = 1
        rows = ",\n".join(json.dumps({"label": label}, ensure_ascii=False) for label in labels)
        self.server.open(self.uri, "json", '{"benchmark": "labels", "samples": [\n' + rows + "\n]}\n")

    def place(self, typed=""):
        """Behind what is typed of the first label, as the server counts: in bytes."""
        return {"line": 1, "character": len('{"label": "') + len(typed.encode())}

    def write(self, label):
        self.version += 1
        start, end = self.place()["character"], self.place(self.label)["character"]
        self.server.change(self.uri, self.version, (1, start), (1, end), label)
        self.label = label

    def complete(self, typed):
        """Milliseconds, and the ids that were offered."""
        self.write(typed)
        took, answer = self.server.request("textDocument/completion", {
            "textDocument": {"uri": self.uri}, "position": self.place(typed)}, self.limit)
        return took * 1000, [
            (item.get("textEdit") or {}).get("newText", "").strip('"') for item in (answer or {}).get("items", [])]

    def until_known(self):
        """Milliseconds from the start until a product's id is offered for its name."""
        product = self.shop.catalogue.known[0]
        while product[0] not in self.complete(product[1])[1]:
            if time.perf_counter() - self.started > self.limit:
                raise TimeoutError("the list was never offered")
            time.sleep(0.01)
        return (time.perf_counter() - self.started) * 1000

    def until(self, there):
        """When the codes of what is found are such."""
        return self.server.wait_for("textDocument/publishDiagnostics", lambda params: params["uri"] == self.uri and there(
            [one.get("code") for one in params["diagnostics"]]), self.limit)[0]

    def leave(self):
        self.server.leave()
