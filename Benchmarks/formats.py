"""Formats that some rows need and no plugin has, as plugins of data alone; written where a row says."""
import json

EDITION = "https://json-schema.org/draft/2020-12/schema"
KINDS = 1000


def write(folder, name, schema, probe, records, syntax="json"):
    """A plugin with one format in a folder of its own below `folder`."""
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    (place / "schema.json").write_text(json.dumps({"$schema": EDITION, **schema}))
    (place / "plugin.json").write_text(json.dumps({
        "id": f"bench-{name}", "version": "1.0.0", "name": name, "dialects": [{
            "id": name, "name": name, "syntax": syntax, "schema": "schema.json",
            "files": ["*.jsonl" if syntax == "jsonl" else "*.json"], "probe": probe, "records": records}]}))


def write_speech(folder):
    """Recordings as a schema alone can check them."""
    write(folder, "recordings", {
        "type": "object", "required": ["audio_filepath", "duration", "text"], "properties": {
            "audio_filepath": {"type": "string", "minLength": 1}, "duration": {"type": "number", "exclusiveMinimum": 0},
            "text": {"type": "string"}, "speaker": {"type": "string"}, "lang": {"type": "string"}}},
        {"required": ["/0/audio_filepath"]}, ["/*"], "jsonl")


def write_unique(folder, asked=True, records=False):
    """A list of objects that are all to differ, if that is `asked`. `records`: each is looked at by itself."""
    write(folder, "unique", {
        "type": "object", "properties": {"unique": {
            "type": "array", **({"uniqueItems": True} if asked else {}), "items": {"type": "object", "properties": {
                "name": {"type": "string"}, "at": {"type": "array"}, "of": {"type": "object"}}}}}},
        {"required": ["unique"]}, ["/unique/*"] if records else [])


def kinds_schema(told_by):
    """A thousand branches, each with members of its own; told apart by a constant, or only by what must be there."""
    def branch(number):
        own = f"member{number:04d}"
        properties = {own: {"type": "integer", "minimum": 0}}
        required = [own]
        if told_by == "constant":
            properties = {"kind": {"const": f"kind-{number:04d}"}, **properties}
            required = ["kind", *required]
        return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    return {
        "type": "object", "properties": {"items": {"type": "array", "items": {"$ref": "#/$defs/item"}}},
        "$defs": {"item": {"oneOf": [branch(number) for number in range(KINDS)]}}}


def nested_schema():
    """A format that refers to itself."""
    return {
        "type": "object", "properties": {"items": {"type": "array", "items": {"$ref": "#/$defs/part"}}},
        "$defs": {"part": {
            "type": "object", "required": ["size"], "additionalProperties": False,
            "properties": {
                "size": {"type": "integer", "minimum": 0}, "note": {"type": "string"},
                "parts": {"type": "array", "items": {"$ref": "#/$defs/part"}}}}}}


def write_hard(folder):
    """What is hard on validators: a choice among 1,000 kinds, told apart in two ways, and parts within parts."""
    schemas = {"by-constant": kinds_schema("constant"), "by-members": kinds_schema("members"), "nested": nested_schema()}
    for name, schema in schemas.items():
        write(folder, name, schema, {"required": ["format"], "values": {"/format": name}}, ["/items/*"])


def kinds_file(name, size, chance):
    items, used = [], 0
    while used < size:
        number = chance.randrange(KINDS)
        item = {"kind": f"kind-{number:04d}"} if name == "by-constant" else {}
        item[f"member{number:04d}"] = chance.randrange(1000)
        items.append(json.dumps(item))
        used += len(items[-1]) + 2
    return f'{{"format": "{name}", "items": [{", ".join(items)}]}}'.encode()


def nested_file(size, chance):
    def part(depth):
        out = {"size": chance.randrange(1000)}
        if depth:
            out["parts"] = [part(depth - 1) for _ in range(2)]
        return out
    items, used = [], 0
    while used < size:
        items.append(json.dumps(part(8)))
        used += len(items[-1]) + 2
    return f'{{"format": "nested", "items": [{", ".join(items)}]}}'.encode()
