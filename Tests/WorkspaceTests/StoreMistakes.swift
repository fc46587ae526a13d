/// Every mistake that stands in `Examples/store/mistakes`: rule and place, by file.
enum StoreMistakes {
  static let planted: [String: [String]] = [
    "checkout.json": [
      "retail-sku/basket-visual-mismatch /samples/0/annotations/2/label",
      "retail-sku/checkout-box-loose /samples/2/annotations/0/bbox",
      "retail-sku/checkout-label-not-leaf /samples/1/annotations/0/label",
    ],
    "corners.json": [
      "vision/bbox-convention-suspect /annotations/0/bbox"
    ],
    "events.json": [
      "retail-sku/cross-camera-identity-conflict /samples/1/annotations/1/track",
      "retail-sku/event-interval-invalid /samples/0/annotations/0/segment",
      "retail-sku/event-interval-invalid /samples/0/annotations/1/segment/1",
      "retail-sku/event-interval-invalid /samples/0/annotations/3/label",
      "retail-sku/event-label-conflict /samples/1/annotations/4/label",
      "retail-sku/event-track-disagree /samples/1/annotations/2/track",
      "retail-sku/event-track-disagree /samples/1/annotations/3/segment",
      "vision/privacy-state-incomplete /samples/0/sources/0/showsPeople",
      "vision/privacy-state-incomplete /samples/0/sources/1/retentionUntil",
    ],
    "jobs.manifest": [
      "vision/parallel-array-mismatch /0/boxes-metadata/objects"
    ],
    "photos.json": [
      "vision/area-disagrees /annotations/0/area",
      "vision/bbox-malformed /annotations/1/bbox",
      "vision/box-mask-disagree /annotations/3/bbox",
      "vision/duplicate-geometry /annotations/5/bbox",
      "vision/duplicate-record-id /annotations/11/id",
      "vision/id-representation-hazard /annotations/9/id",
      "vision/image-size-swapped /images/3/id",
      "vision/iscrowd-encoding-mismatch /annotations/6/iscrowd",
      "vision/keypoints-inconsistent /annotations/7/keypoints/5",
      "vision/label-count-anomaly /categories/2/id",
      "vision/media-file-absent /images/3/file_name",
      "vision/media-reference-missing /images/2/file_name",
      "vision/media-size-disagrees /images/1/width",
      "vision/segmentation-malformed /annotations/8/segmentation/0",
      "vision/unresolved-record-ref /annotations/12/category_id",
    ],
    "plan.json": [
      "retail-sku/planogram-reference-broken /positions/1/id",
      "retail-sku/planogram-reference-broken /positions/2/x",
      "retail-sku/planogram-reference-broken /positions/3/productId",
    ],
    "products.json": [
      "retail-sku/gpc-brick-invalid /products/2/gpc_brick",
      "retail-sku/gpc-brick-invalid /products/5/gpc_brick",
      "retail-sku/network-label-conflict /products/6/network_level_label",
      "retail-sku/sku-gtin-conflict /products/1/gtin",
      "retail-sku/variant-canonical-broken /products/3/canonical_sku",
      "retail-sku/variant-canonical-broken /products/4/variant_kind",
      "term/unknown /products/8/gpc_brick",
    ],
    "results.json": [
      "vision/prediction-file-unbound /1/image_id",
      "vision/prediction-file-unbound /2/score",
    ],
    "shelves.json": [
      "retail-sku/compliance-contradicts-layout /samples/0/annotations/0/compliance",
      "retail-sku/compliance-contradicts-layout /samples/0/annotations/1/compliance",
      "retail-sku/compliance-unanchored /samples/2/annotations/0/compliance",
      "retail-sku/facing-count-mismatch /samples/1/annotations/1/label",
      "retail-sku/gtin-check-digit /samples/3/annotations/0/label",
      "retail-sku/gtin-form-invalid /samples/3/annotations/1/label",
      "retail-sku/gtin-prefix-policy /samples/2/annotations/2/label",
      "retail-sku/label-not-canonical /samples/2/annotations/1/label",
      "retail-sku/out-of-stock-with-facing /samples/0/annotations/2/compliance",
      "retail-sku/out-of-stock-with-facing /samples/1/annotations/0/compliance",
      "retail-sku/shelf-box-overlaps-neighbour /samples/3/annotations/3/bbox",
      "retail-sku/unrecognised-without-disposition /samples/2/annotations/3/label",
    ],
    "splits.json": [
      "vision/split-leak /samples/0/sources/0/uri",
      "vision/split-leak /samples/2/groups/session",
    ],
    "tasks.json": [
      "vision/relative-coordinate-scale /0/annotations/0/result/0/value"
    ],
    "till.jsonl": [
      "retail-sku/basket-visual-mismatch /0/gtin"
    ],
    "video.json": [
      "vision/attribute-scope-violation /items/1/annotations/1/attributes/full",
      "vision/bbox-out-of-image /items/2/annotations/1/bbox",
      "vision/track-without-keyframe /items/0/annotations/0/attributes/keyframe",
    ],
  ]
}
