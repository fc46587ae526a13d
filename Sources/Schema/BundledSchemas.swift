/// The metaschemas that come with the program: every edition's own description of what a schema may hold.
package enum BundledSchemas {
  private static let editions = "https://json-schema.org/draft/"

  /// By address without fragment. The files are the specification's own; see `Metaschemas/README.md`.
  private static let files: [String: [UInt8]] = [
    "http://json-schema.org/draft-04/schema": PackageResources.draft_04_json,
    "http://json-schema.org/draft-06/schema": PackageResources.draft_06_json,
    "http://json-schema.org/draft-07/schema": PackageResources.draft_07_json,
    editions + "2019-09/schema": PackageResources.draft_2019_09_json,
    editions + "2019-09/meta/core": PackageResources.draft_2019_09_core_json,
    editions + "2019-09/meta/applicator": PackageResources.draft_2019_09_applicator_json,
    editions + "2019-09/meta/validation": PackageResources.draft_2019_09_validation_json,
    editions + "2019-09/meta/meta-data": PackageResources.draft_2019_09_meta_data_json,
    editions + "2019-09/meta/format": PackageResources.draft_2019_09_format_json,
    editions + "2019-09/meta/content": PackageResources.draft_2019_09_content_json,
    editions + "2020-12/schema": PackageResources.draft_2020_12_json,
    editions + "2020-12/meta/core": PackageResources.draft_2020_12_core_json,
    editions + "2020-12/meta/applicator": PackageResources.draft_2020_12_applicator_json,
    editions + "2020-12/meta/unevaluated": PackageResources.draft_2020_12_unevaluated_json,
    editions + "2020-12/meta/validation": PackageResources.draft_2020_12_validation_json,
    editions + "2020-12/meta/meta-data": PackageResources.draft_2020_12_meta_data_json,
    editions + "2020-12/meta/format-annotation": PackageResources.draft_2020_12_format_annotation_json,
    editions + "2020-12/meta/format-assertion": PackageResources.draft_2020_12_format_assertion_json,
    editions + "2020-12/meta/content": PackageResources.draft_2020_12_content_json,
  ]

  /// The metaschema of that address, which may end in an empty fragment; `nil` if there is none of that name.
  package static func source(_ uri: String) -> SchemaSource? {
    let address = URIReference(uri).withoutFragment
    return files[address].map { SchemaSource(uri: address, bytes: $0) }
  }

  /// The addresses of all of them, in order.
  package static var addresses: [String] { files.keys.sorted() }
}
