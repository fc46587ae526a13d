"""Makes COCO files of a wanted size: the same seed gives the same bytes. Everything in them is right."""
import json
import random

WIDTH, HEIGHT = 1920, 1080


def coco(size, seed=1):
    """One line of COCO instances of about `size` bytes: annotations with polygons of 16 numbers, as bytes."""
    chance = random.Random(seed)
    categories = [{"id": number, "name": f"class-{number:02d}", "supercategory": "thing"} for number in range(1, 81)]
    images, annotations = [], []
    used = 0
    while used < size:
        image = len(images) + 1
        images.append({"id": image, "file_name": f"{image:012d}.jpg", "width": WIDTH, "height": HEIGHT})
        used += 85
        # A grid keeps boxes of one image apart, so that none is a duplicate of another.
        cells = chance.sample(range(24), 8)
        for cell in cells:
            x = (cell % 6) * 320 + chance.randint(0, 1200) / 10
            y = (cell // 6) * 270 + chance.randint(0, 900) / 10
            width, height = chance.randint(200, 1900) / 10, chance.randint(200, 1700) / 10
            polygon = []
            for corner in range(8):
                polygon += [round(x + width * chance.random(), 1), round(y + height * chance.random(), 1)]
            annotation = {
                "id": len(annotations) + 1, "image_id": image, "category_id": chance.randint(1, 80),
                "segmentation": [polygon], "area": round(width * height, 2),
                "bbox": [round(x, 1), round(y, 1), width, height], "iscrowd": 0}
            annotations.append(annotation)
            used += len(json.dumps(annotation)) + 2
    return json.dumps({"images": images, "annotations": annotations, "categories": categories}).encode()
