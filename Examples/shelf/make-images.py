#!/usr/bin/env python3
"""Draws the pictures of this example: a plain wall with one coloured block where each product is labelled.

Needs nothing but Python. The same labels give the same bytes.
"""

import json
import pathlib
import struct
import zlib

HERE = pathlib.Path(__file__).resolve().parent
WALL = (228, 224, 214)
BLOCKS = [(70, 120, 180), (200, 90, 70), (90, 160, 90), (210, 170, 60), (140, 100, 170), (80, 170, 170)]
# shelf-0003.png is taller than wide, though its label says otherwise: one of the planted mistakes.
TALL = {"shelf-0003.png"}


def png(width, height, rows):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = b"".join(b"\0" + bytes(row) for row in rows)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels, 9)) + chunk(b"IEND", b"")


def draw(width, height, boxes):
    rows = [bytearray(bytes(WALL) * width) for _ in range(height)]
    for number, (x, y, w, h) in enumerate(boxes):
        left, right = max(int(x), 0), min(int(x + w), width)
        color = bytes(BLOCKS[number % len(BLOCKS)]) * max(right - left, 0)
        for row in rows[max(int(y), 0) : min(int(y + h), height)]:
            row[left * 3 : right * 3] = color
    return png(width, height, rows)


def main():
    (HERE / "images").mkdir(exist_ok=True)
    for name in ("shelf.json", "checkout.json"):
        for sample in json.loads((HERE / name).read_text(encoding="utf-8"))["samples"]:
            for source in sample["sources"]:
                if source["modality"] != "image":
                    continue
                path = HERE / source["uri"]
                size = (source["width"], source["height"])
                width, height = size[::-1] if path.name in TALL else size
                boxes = [a["bbox"] for a in sample["annotations"] if a["source"] == source["id"] and "bbox" in a]
                path.write_bytes(draw(width, height, boxes))


if __name__ == "__main__":
    main()
