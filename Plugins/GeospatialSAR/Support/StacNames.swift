/// What STAC and its extensions call things in an item's `properties`.
enum StacNames {
  static let ordered = [
    "datetime", "start_datetime", "end_datetime", "created", "updated", "platform", "constellation", "instruments",
    "mission", "title", "description", "license", "providers", "keywords", "bands", "roles",
    "sar:instrument_mode", "sar:frequency_band", "sar:center_frequency", "sar:bandwidth", "sar:polarizations",
    "sar:product_type", "sar:resolution_range", "sar:resolution_azimuth", "sar:pixel_spacing_range",
    "sar:pixel_spacing_azimuth", "sar:looks_range", "sar:looks_azimuth", "sar:looks_equivalent_number",
    "sar:observation_direction", "sar:beam_ids", "sar:relative_burst", "sat:platform_international_designator",
    "sat:orbit_state", "sat:absolute_orbit", "sat:relative_orbit", "sat:anx_datetime", "view:off_nadir",
    "view:incidence_angle", "view:azimuth", "view:sun_azimuth", "view:sun_elevation", "proj:code", "proj:epsg",
    "proj:wkt2", "proj:projjson", "proj:geometry", "proj:bbox", "proj:centroid", "proj:shape", "proj:transform",
    "eo:cloud_cover", "eo:snow_cover", "eo:bands", "label:properties", "label:classes", "label:description",
    "label:type", "label:tasks", "label:methods", "label:overviews", "product:type", "product:timeliness",
    "processing:level", "processing:facility", "processing:datetime", "processing:version", "processing:software",
    "processing:lineage", "file:size", "file:checksum", "file:values",
  ]
  static let all = Set(ordered)
}
