"""Files of a wanted size: the same seed gives the same bytes. Everything in them is right, unless the name says otherwise."""
import json
import random

WIDTH, HEIGHT = 1920, 1080
WORDS = ("where is the cart two boxes stand left of it and nobody knows why giá sữa tươi một lít còn hàng at the door on "
         "monday before noon please count again what you see in the picture").split()


def coco(size, seed=1, pretty=False):
    """COCO instances of about `size` bytes: annotations with outlines of 16 numbers. On one line, or a value a line."""
    chance = random.Random(seed)
    dumps = (lambda value: json.dumps(value, indent=2)) if pretty else json.dumps
    categories = [{"id": number, "name": f"class-{number:02d}", "supercategory": "thing"} for number in range(1, 81)]
    images, annotations = [], []
    used = 0
    while used < size:
        image = len(images) + 1
        images.append(dumps({"id": image, "file_name": f"{image:012d}.jpg", "width": WIDTH, "height": HEIGHT}))
        used += len(images[-1])
        # A grid keeps boxes of one image apart, so that none is a duplicate of another.
        for cell in chance.sample(range(24), 8):
            x = (cell % 6) * 320 + chance.randint(0, 1200) / 10
            y = (cell // 6) * 270 + chance.randint(0, 900) / 10
            width, height = chance.randint(200, 1900) / 10, chance.randint(200, 1700) / 10
            # Eight corners that touch all four sides, so that the box is drawn closely around them.
            x, y = round(x, 1), round(y, 1)
            right, bottom = round(x + width, 1), round(y + height, 1)
            across = sorted(round(x + width * chance.random(), 1) for _ in range(4))
            down = sorted(round(y + height * chance.random(), 1) for _ in range(4))
            polygon = [across[0], y, across[3], y, right, down[0], right, down[3],
                       across[2], bottom, across[1], bottom, x, down[2], x, down[1]]
            twice = sum(polygon[i] * polygon[(i + 3) % 16] - polygon[(i + 2) % 16] * polygon[i + 1] for i in range(0, 16, 2))
            annotations.append(dumps({
                "id": len(annotations) + 1, "image_id": image, "category_id": chance.randint(1, 80),
                "segmentation": [polygon], "area": round(abs(twice) / 2, 2),
                "bbox": [x, y, width, height], "iscrowd": 0}))
            used += len(annotations[-1]) + 2
    comma = ",\n" if pretty else ", "
    return (f'{{"images": [{comma.join(images)}], "annotations": [{comma.join(annotations)}], '
            f'"categories": {dumps(categories)}}}').encode()


def pretty(size, seed=1):
    return coco(size, seed, pretty=True)


def boxes(number, categories=1, wrong=False):
    """COCO: so many small boxes on one picture. `wrong`: each has a width below zero of its own."""
    side = int(number ** 0.5) + 1
    annotations = [{
        "id": at + 1, "image_id": 1, "category_id": at % categories + 1,
        "bbox": [at % side * 50 + 5, at // side * 50 + 5, -(at + 1) / 100 if wrong else 30 + at % 7, 40],
        "area": (30 + at % 7) * 40, "iscrowd": 0} for at in range(number)]
    return json.dumps({
        "images": [{"id": 1, "file_name": "tile.png", "width": side * 50, "height": side * 50}],
        "annotations": annotations,
        "categories": [{"id": at + 1, "name": f"roof-{at}"} for at in range(categories)]}).encode()


def wrong_boxes(number):
    return boxes(number, wrong=True)


def own(number):
    """Concord's own manifest: one sample with so many annotations."""
    side = int(number ** 0.5) + 1
    annotations = [{
        "id": f"a{at}", "source": "top", "kind": "bbox", "label": f"roof-{at % 5}", "by": "ann-07", "origin": "human",
        "bbox": [at % side * 50 + 5, at // side * 50 + 5, 30 + at % 7, 40]} for at in range(number)]
    return json.dumps({"concord": "1.0", "domain": "vision", "samples": [{
        "id": "tile", "sources": [{"id": "top", "modality": "image", "uri": "tile.png", "width": side * 50,
                                   "height": side * 50}], "annotations": annotations}]}).encode()


def sentence(chance, least, most):
    return " ".join(chance.choices(WORDS, k=chance.randint(least, most)))


def chat(size, seed=1):
    """A chat a line, of one question or of several."""
    chance = random.Random(seed)
    lines, used = [], 0
    while used < size:
        messages = [{"role": "system", "content": sentence(chance, 6, 14) + f" {len(lines)}."}]
        for _ in range(chance.randint(1, 4)):
            messages += [{"role": "user", "content": sentence(chance, 5, 25) + "?"},
                         {"role": "assistant", "content": sentence(chance, 10, 60) + "."}]
        lines.append(json.dumps({"messages": messages}, ensure_ascii=False).encode())
        used += len(lines[-1]) + 1
    return b"\n".join(lines) + b"\n"


def speech(size, seed=1):
    """A recording a line, as tools that train on speech read them."""
    chance = random.Random(seed)
    lines, used = [], 0
    while used < size:
        text = sentence(chance, 3, 30)
        # As fast as people speak: 8 to 14 letters a second.
        seconds = max(80, len(text) * 100 // chance.randint(8, 14)) / 100
        lines.append(json.dumps({
            "audio_filepath": f"clips/{len(lines):08d}.wav", "duration": seconds, "text": text, "speaker": f"s{chance.randrange(400):03d}", "lang": "vi"},
            ensure_ascii=False).encode())
        used += len(lines[-1]) + 1
    return b"\n".join(lines) + b"\n"


def unique(number):
    """Different objects in one list that must not hold two equal ones."""
    return json.dumps({"unique": [{"name": f"n{at:06d}", "at": [at, at + 1], "of": {"row": at % 100}}
                                  for at in range(number)]}).encode()
