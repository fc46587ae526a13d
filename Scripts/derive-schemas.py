#!/usr/bin/env python3
"""Writes the schemas that are another one in another shape.

`Plugins/Vision/schemas/concord.json` is written by hand. From it come the form with a sample a line, the three
retail forms, that of instruction data, that of speech, that of imaging studies and that of scenes on the map: each is a whole schema of its own, so that no plugin reads
another's files. What a plugin narrows stands in its `schemas/narrowing/`. From `via.json`, which is the pictures alone, comes the
whole project; from `products.json` come the list alone and the table, and
from `planogram.json` the plan within a request. With `--check`, nothing is written and the exit status says whether all is fresh.
"""

import copy
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
VISION = ROOT / "Plugins/Vision/schemas"
RETAIL = ROOT / "Plugins/RetailSKU/schemas"
INSTRUCTION = ROOT / "Plugins/InstructionData/schemas"
MEDICAL = ROOT / "Plugins/MedicalImaging/schemas"
GEOSPATIAL = ROOT / "Plugins/GeospatialSAR/schemas"
SPEECH = ROOT / "Plugins/Speech/schemas"


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def rescoped(value, old, new):
    """A copy in which every declaration that holds within `old` holds within `new`."""
    if isinstance(value, list):
        return [rescoped(item, old, new) for item in value]
    if isinstance(value, dict):
        return {
            key: new if key == "scope" and item == old else rescoped(item, old, new)
            for key, item in value.items()
        }
    return value


def lines(core):
    """The header on the first line, then one sample a line."""
    definitions = rescoped(core["$defs"], "/samples/*", "/*")
    sample = definitions["sample"]
    nested = {name: sample["properties"].pop(name) for name in ("sources", "entities", "annotations", "links")}
    return {
        "$schema": core["$schema"],
        "title": "Concord labels, a sample a line",
        "description": "The first line says what the file is; each line after it is one sample.",
        "type": "array",
        "allOf": core["allOf"],
        "items": {
            "if": {"required": ["concord"]},
            "then": {"$ref": "#/$defs/header"},
            "else": {"$ref": "#/$defs/sample"},
            "properties": nested,
            "defaultSnippets": core["properties"]["samples"]["defaultSnippets"],
        },
        "$defs": definitions,
    }


def listed(file, name, title, description):
    """The entries of a list that stands alone."""
    return {
        "$schema": file["$schema"],
        "title": title,
        "description": description,
        "type": "array",
        "items": file["properties"][name]["items"],
        "defaultSnippets": file["properties"][name]["defaultSnippets"],
        "$defs": file["$defs"],
    }


def tabled(entries):
    """The entries of a list as rows of a table: every cell holds a text, and may be empty."""
    product = copy.deepcopy(entries["$defs"]["product"])
    product["properties"].pop("dims")
    for cell in product["properties"].values():
        if "enum" in cell:
            kept = [pair for pair in zip(cell.pop("enum"), cell.pop("enumDescriptions")) if pair[0] is not None]
            choices, described = (list(part) for part in zip(*kept))
            cell.update({"if": {"minLength": 1}, "then": {"enum": choices, "enumDescriptions": described}})
        if "format" in cell:
            form = cell.pop("format")
            cell.update({"if": {"minLength": 1}, "then": {"format": form}})
        if cell.pop("minimum", None) is not None:
            cell.update({"pattern": "^([0-9]+([.][0-9]+)?)?$", "errorMessage": "A price is a number, with a point before its decimals.", "examples": ["9000", "12.5"]})
        if "type" in cell:
            cell["type"] = "string"
    return {
        "$schema": entries["$schema"],
        "title": "Products as a table",
        "description": "A row for each product and pack.",
        "type": "array",
        "items": {"$ref": "#/$defs/product"},
        "$defs": {"product": product},
    }


def wrapped(plan):
    """A shelf plan within what is asked of a program that compares photographs with it."""
    inner = {key: plan[key] for key in ("title", "description", "type", "required", "properties")}
    return {
        "$schema": plan["$schema"],
        "title": "Shelf plan with what was found",
        "description": "A shelf plan, and perhaps what a program found on a photograph.",
        "type": "object",
        "required": ["planogram"],
        "properties": {
            "planogram": inner,
            "detectedProducts": {"title": "What was found", "type": "object"},
            "matchedResultsPerPosition": {"title": "What was found at each place", "type": "array"},
        },
        "$defs": plan["$defs"],
    }


def project(pictures, rules):
    """The pictures within a VIA project, beside the program's settings."""
    name = "_via_img_metadata"
    return {
        "$schema": pictures["$schema"],
        "title": "VIA project",
        "description": "The pictures with their shapes, and the settings of the program.",
        "type": "object",
        "required": [name],
        "allOf": rules,
        "properties": {
            "_via_settings": {"title": "The program's settings", "type": "object"},
            name: {
                "title": "Pictures",
                "description": pictures["description"],
                "type": "object",
                "additionalProperties": {
                    "$ref": "#/$defs/picture",
                    "x-defines": {"kind": "picture-key", "scope": "document", "from": "key", "name": "filename"},
                },
            },
            "_via_attributes": {"title": "What may be said of pictures and shapes", "type": "object"},
            "_via_data_format_version": {"title": "The version of this form", "type": "string"},
            "_via_image_id_list": {
                "title": "The order of the pictures",
                "type": "array",
                "items": {
                    "type": "string",
                    "x-references": {
                        "kind": "picture-key",
                        "scope": "document",
                        "rule": "vision/unresolved-record-ref",
                        "severity": "warning",
                        "message": "No picture in this file is called {id}.",
                    },
                },
            },
        },
        "$defs": rescoped(pictures["$defs"], "/*", f"/{name}/*"),
    }


def narrowed(core, narrowing):
    """The core with `narrowing[name]` beside each definition it names: both must hold."""
    schema = copy.deepcopy(core)
    schema["title"] = narrowing["title"]
    schema["description"] = narrowing["description"]
    schema["required"] = core["required"] + narrowing["required"]
    schema["properties"].update(narrowing["properties"])
    for name, extra in narrowing["$defs"].items():
        definition = schema["$defs"][name]
        if "allOf" in extra:
            definition["allOf"] = definition.get("allOf", []) + extra["allOf"]
        definition["properties"].update(extra["properties"])
    return schema


def main():
    core = read(VISION / "concord.json")
    outputs = {
        VISION / "concord-lines.json": lines(core),
        VISION / "via-project.json": project(read(VISION / "via.json"), core["allOf"]),
    }
    for name in ("shelf", "checkout", "events"):
        outputs[RETAIL / f"{name}.json"] = narrowed(core, read(RETAIL / "narrowing" / f"{name}.json"))
    outputs[RETAIL / "product-list.json"] = listed(
        read(RETAIL / "products.json"), "products", "Products", "Every product a shop sells, one entry each."
    )
    outputs[RETAIL / "product-table.json"] = tabled(read(RETAIL / "products.json"))
    outputs[RETAIL / "planogram-request.json"] = wrapped(read(RETAIL / "planogram.json"))
    outputs[INSTRUCTION / "sample.json"] = narrowed(core, read(INSTRUCTION / "narrowing/sample.json"))
    outputs[MEDICAL / "study.json"] = narrowed(core, read(MEDICAL / "narrowing/study.json"))
    outputs[GEOSPATIAL / "scene.json"] = narrowed(core, read(GEOSPATIAL / "narrowing/scene.json"))
    outputs[SPEECH / "conversation.json"] = narrowed(core, read(SPEECH / "narrowing/conversation.json"))
    stale = []
    for path, schema in outputs.items():
        text = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        if "--check" in sys.argv[1:]:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(path)
        else:
            path.write_text(text, encoding="utf-8")
    for path in stale:
        print(f"{path.relative_to(ROOT)} is stale: run Scripts/derive-schemas.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
