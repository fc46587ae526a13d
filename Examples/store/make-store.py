#!/usr/bin/env python3
"""Writes this example: a list of 2,000 products, the plan of two bays, and what was labelled in the shop.

Needs nothing but Python. The same script gives the same bytes. What stands in `mistakes/` is written by hand.
"""

import csv
import json
import pathlib
import struct
import zlib

HERE = pathlib.Path(__file__).resolve().parent
PRODUCTS = 2000
GROUPS = {
    "dairy": ("Sữa", "Milk products"), "drinks": ("Đồ uống", "Drinks"), "staples": ("Lương thực", "Staples"),
    "snacks": ("Bánh kẹo", "Snacks"), "household": ("Đồ gia dụng", "Household"),
}
KINDS = {
    "dairy": [("Sữa tươi", "Fresh milk"), ("Sữa chua", "Yoghurt"), ("Phô mai", "Cheese"), ("Bơ", "Butter")],
    "drinks": [("Nước khoáng", "Mineral water"), ("Trà xanh", "Green tea"), ("Nước cam", "Orange juice"), ("Cà phê", "Coffee")],
    "staples": [("Gạo", "Rice"), ("Mì gói", "Noodles"), ("Nước mắm", "Fish sauce"), ("Đường", "Sugar")],
    "snacks": [("Bánh quy", "Biscuits"), ("Kẹo dừa", "Coconut sweets"), ("Khoai tây chiên", "Crisps"), ("Sô-cô-la", "Chocolate")],
    "household": [("Nước rửa chén", "Dish soap"), ("Bột giặt", "Washing powder"), ("Khăn giấy", "Tissues"), ("Kem đánh răng", "Toothpaste")],
}
BRANDS = ["An Lành", "Bình Minh", "Cánh Đồng", "Dòng Sông", "Én Nhỏ", "Gió Biển", "Hoa Sen", "Kim Ngân", "Lúa Vàng", "Mùa Xuân"]
SIZES = ["S", "M", "L", "XL", "XXL"]
VARIANTS = ["regional", "promotional", "seasonal", "retailer-exclusive", "redesign"]
SAID = {
    "regional": ("vùng miền", "regional"), "promotional": ("khuyến mãi", "special offer"), "seasonal": ("Tết", "New Year"),
    "retailer-exclusive": ("riêng cho chuỗi", "for one chain"), "redesign": ("mẫu mới", "new design"),
}
# Segment, family, class, brick: the shape of GS1's product classification. All codes but those of milk are made up.
SEGMENTS = {"50000000": ("Thực phẩm, đồ uống", "Food and drink"), "59000000": ("Mọi thứ cho nhà", "Everything for the home")}
FAMILIES = {"dairy": "50130000", "drinks": "50910000", "staples": "50920000", "snacks": "50930000", "household": "59010000"}
FRESH_MILK = "10000025"
PRICES = {"S": 9000, "M": 15000, "L": 28000, "XL": 52000, "XXL": 98000}
BLOCKS = [(70, 120, 180), (200, 90, 70), (90, 160, 90), (210, 170, 60), (140, 100, 170), (80, 170, 170)]


def barcode(number):
    digits = f"893600{number:06d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str(-total % 10)


def originals():
    """Brands go round slowest, so that neighbours in the list are one brand's."""
    for brand in BRANDS:
        for group, kinds in KINDS.items():
            for kind in kinds:
                for size in SIZES:
                    yield group, f"{kind[0]} {brand} {size}", f"{kind[1]} {brand} {size}"


def catalogue():
    """One row for each product: every second has a variant of the five kinds in turn, and some have a successor."""
    rows = []
    for number, (group, vietnamese, english) in enumerate(originals()):
        code = barcode(100_000 + number)
        rows.append([code, vietnamese, english, group, "", "", "", "", f"{english[:18]} {number}", english])
    for number in range(PRODUCTS - len(rows)):
        base = rows[number]
        kind = VARIANTS[number % len(VARIANTS)]
        code = barcode(200_000 + number)
        if number < 900:
            names = [f"{base[1 + place]} ({SAID[kind][place]})" for place in (0, 1)]
            rows.append([code, *names, base[3], base[0], "", "", kind, f"{base[2][:12]} {kind[:4]} {number}", base[2]])
        else:
            names = [f"{base[1 + place]} ({old})" for place, old in enumerate(("cũ", "old"))]
            rows.append([code, *names, base[3], "", "true", base[0], "", f"{base[2][:12]} old {number}", base[2]])
    return rows


def bricks():
    """The code of each kind of product, and the tree above them."""
    codes, terms = {}, []
    for code, names in SEGMENTS.items():
        terms.append({"id": code, "prefLabel": dict(zip(("vi", "en"), names)), "attributes": {"level": "segment"}})
    for place, (group, names) in enumerate(GROUPS.items()):
        family = FAMILIES[group]
        parents = {"broader": [family[:2] + "000000"], "attributes": {"level": "family"}}
        terms.append({"id": family, "prefLabel": dict(zip(("vi", "en"), names)), **parents})
        for number, names in enumerate(KINDS[group]):
            klass = "50131700" if (place, number) == (0, 0) else f"{family[:4]}{number + 1}100"
            brick = FRESH_MILK if (place, number) == (0, 0) else f"1099{place + 1}{number + 1}01"
            codes[names[1]] = brick
            for code, broader, level in ((klass, family, "class"), (brick, klass, "brick")):
                said = dict(zip(("vi", "en"), (f"{name} ({level})" for name in names)))
                terms.append({"id": code, "prefLabel": said, "broader": [broader], "attributes": {"level": level}})
    return codes, {"id": "gpc", "version": "2026-05", "terms": terms}


def master(rows):
    """The product list: 24 products and their variants, with their groups, prices and names."""
    codes, tree = bricks()
    numbers = {row[0]: f"S{number:04d}" for number, row in enumerate(rows)}
    names = {row[0]: row[2] for row in rows}
    products = []
    for row in rows:
        original = names[row[4] or row[0]]
        kind = next(kind for kind in codes if original.startswith(kind))
        products.append({
            "sku_id": numbers[row[0]], "gtin": row[0], "name": row[2], "canonical_sku": numbers.get(row[4]),
            "variant_kind": row[7] or None, "gpc_brick": codes[kind],
            "price": PRICES[original.split()[-1]] - (1000 if row[7] == "promotional" else 0),
            "store_level_label": row[8], "network_level_label": row[9],
        })
    return products, tree


def png(width, height, boxes):
    rows = [bytearray(bytes((228, 224, 214)) * width) for _ in range(height)]
    for number, (x, y, w, h) in enumerate(boxes):
        for row in rows[int(y) : int(y + h)]:
            row[int(x) * 3 : int(x + w) * 3] = bytes(BLOCKS[number % len(BLOCKS)]) * (int(x + w) - int(x))

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = b"".join(b"\0" + bytes(row) for row in rows)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels, 9)) + chunk(b"IEND", b"")


def plan(codes):
    """Two bays of four boards; on each board three products, two of the second."""
    fixtures, positions = [], []
    for bay in (1, 2):
        for row in (1, 2, 3, 4):
            board = f"{bay}-{row}"
            fixtures.append({"id": board, "row": row, "x": (bay - 1) * 100, "y": (4 - row) * 45, "w": 100, "h": 40})
            for place in range(3):
                product = codes[((bay - 1) * 4 + row - 1) * 3 + place]
                x = (bay - 1) * 100 + [0, 30, 75][place]
                positions.append({
                    "id": f"{board}-{place + 1}", "productId": product, "fixtureId": board, "x": x,
                    "y": (4 - row) * 45 + 15, "facings": 2 if place == 1 else 1,
                })
    products = [{"id": code, "w": 20, "h": 25} for code in codes]
    return {"id": "store-114", "version": "2026-11", "storeFormats": ["express"], "unit": "cm", "width": 200, "height": 180,
            "products": products, "fixtures": fixtures, "positions": positions}


def shelf(bay, row, positions):
    """One photograph of one board: four products, the last of which is missing in one picture."""
    source = {"id": "front", "modality": "image", "view": "shelf", "uri": f"images/shelf-{bay}-{row}.png", "width": 320, "height": 120}
    labels = []
    for place in positions:
        for _ in range(place["facings"]):
            isMissing = (bay, row) == (2, 4) and place is positions[2]
            labels.append({
                "id": f"a{len(labels) + 1}", "source": "front", "kind": "bbox", "bbox": [20 + len(labels) * 75, 20, 60, 80],
                "label": "gap" if isMissing else place["productId"], "row": row, "position": place["id"],
                "compliance": "out_of_stock" if isMissing else "correct", "by": "ann-07", "origin": "human",
            })
    return {"id": f"store114/bay{bay}/shelf{row}", "planogram": "store-114", "planogramVersion": "2026-11",
            "storeFormat": "express", "sources": [source], "annotations": labels}


def checkout(codes):
    sold = [(codes[0], 2), (codes[4], 1)]
    labels = [{"id": f"a{n + 1}", "source": "cam", "kind": "bbox", "bbox": [20 + 80 * n, 30, 60, 70], "label": code}
              for n, code in enumerate(code for code, count in sold for _ in range(count))]
    labels += [{"id": f"t{n + 1}", "source": "till", "kind": "span", "span": [n * 30, n * 30 + 29], "label": code, "quantity": count}
               for n, (code, count) in enumerate(sold)]
    sources = [
        {"id": "cam", "modality": "image", "view": "checkout", "uri": "images/checkout-1.png", "width": 320, "height": 120},
        {"id": "till", "modality": "text", "view": "receipt", "uri": "receipts/checkout-1.txt"},
    ]
    return {"id": "store114/checkout1/0001", "sources": sources, "annotations": labels}


def log(visit):
    """What the tills wrote themselves of a visit: its lines, and one that was taken back."""
    sold = [(label["label"], label["quantity"], False) for label in visit["annotations"] if label["kind"] == "span"]
    sold.append((sold[0][0], 1, True))
    return "".join(
        json.dumps({"transaction_id": visit["id"], "line": n + 1, "gtin": code, "quantity": count, **({"void": True} if void else {}),
                    "time": f"2026-03-01T18:20:{4 * n:02}+07:00", "register": "1", "store": "114"}) + "\n"
        for n, (code, count, void) in enumerate(sold))


def events():
    sources = [{"id": name, "modality": "video", "view": "store", "uri": f"videos/{name}.mp4", "duration": 60.0,
                "starts": 0, "overlaps": [], "transit": {other: 4 for other in ("door", "aisle", "till") if other != name},
                "showsPeople": True, "anonymisation": "none", "retentionUntil": "2099-12-31", "accessClass": "loss prevention"}
               for name in ("door", "aisle", "till")]
    seen = [("door", [0.5, 4.0], "p1"), ("door", [2.0, 6.5], "p2"), ("aisle", [10.0, 33.0], "p1"),
            ("aisle", [12.0, 59.0], "p2"), ("till", [39.0, 57.0], "p1")]
    labels = [{"id": f"s{n + 1}", "source": source, "kind": "segment", "segment": span, "label": "person", "track": who}
              for n, (source, span, who) in enumerate(seen)]
    happened = [("aisle", [12.0, 14.5], "pickup", "p1", "aisle"), ("aisle", [15.0, 40.0], "extended_dwell", "p2", "aisle"),
                ("till", [41.0, 55.5], "checkout", "p1", "checkout")]
    labels += [{"id": f"e{n + 1}", "source": source, "kind": "event", "segment": span, "label": what, "track": who, "zone": zone}
               for n, (source, span, what, who, zone) in enumerate(happened)]
    return {"id": "store114/0001", "sources": sources, "annotations": labels}


def manifest(profile, samples):
    """A line for each label, so that changes are easy to see."""
    head = {"concord": "1.0", "domain": "retail-sku", "profile": profile}
    text = json.dumps({**head, "samples": samples}, ensure_ascii=False, indent=1)
    return text + "\n"


def main():
    rows = catalogue()
    with open(HERE / "skus.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["gtin", "prefLabel@vi", "prefLabel@en", "broader", "canonical", "deprecated", "replacedBy",
                      "attributes.variant_kind", "attributes.store_label", "attributes.network_label"])
        for group, names in GROUPS.items():
            out.writerow([group, *names, "", "", "", "", "", "", ""])
        out.writerows(rows)
    codes = [row[0] for row in rows[::41]][:24]
    layout = plan(codes)
    samples = [shelf(bay, row, [p for p in layout["positions"] if p["fixtureId"] == f"{bay}-{row}"])
               for bay in (1, 2) for row in (1, 2, 3, 4)]
    visit = checkout(codes)
    chosen = [row for row in rows if row[0] in codes or row[4] in codes]
    products, tree = master(chosen)
    with open(HERE / "products.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(products[0]), lineterminator="\n")
        out.writeheader()
        out.writerows(products)
    files = {
        "plan.json": json.dumps(layout, indent=1) + "\n",
        "gpc.json": json.dumps(tree, ensure_ascii=False, indent=1) + "\n",
        "products.json": json.dumps({"version": "2026.11", "gpc_version": tree["version"], "products": products}, ensure_ascii=False, indent=1) + "\n",
        "shelves.json": manifest("shelf", samples),
        "checkout.json": manifest("checkout", [visit]),
        "till.jsonl": log(visit),
        "events.json": manifest("events", [events()]),
    }
    for name, text in files.items():
        (HERE / name).write_text(text, encoding="utf-8")
    (HERE / "images").mkdir(exist_ok=True)
    for sample in samples + [visit]:
        source = sample["sources"][0]
        boxes = [label["bbox"] for label in sample["annotations"] if label["source"] == source["id"]]
        (HERE / source["uri"]).write_bytes(png(source["width"], source["height"], boxes))


if __name__ == "__main__":
    main()
