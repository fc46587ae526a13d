extension ColumnMapping.Target {
  /// As configuration writes it: `id`, `prefLabel@vi`, `attributes.brand`; `ignore` for a column that is left out.
  package var text: String {
    switch self {
    case .id: "id"
    case .broader: "broader"
    case .exactMatch: "exactMatch"
    case .closeMatch: "closeMatch"
    case .broadMatch: "broadMatch"
    case .narrowMatch: "narrowMatch"
    case .deprecated: "deprecated"
    case .replacedBy: "replacedBy"
    case .since: "since"
    case .canonical: "canonical"
    case .prefLabel(let language): Self.text("prefLabel", language)
    case .altLabels(let language): Self.text("altLabels", language)
    case .hiddenLabels(let language): Self.text("hiddenLabels", language)
    case .definition(let language): Self.text("definition", language)
    case .scopeNote(let language): Self.text("scopeNote", language)
    case .example(let language): Self.text("example", language)
    case .changeNote(let language): Self.text("changeNote", language)
    case .attribute(let name): "attributes." + name
    case .ignored: "ignore"
    }
  }

  private static func text(_ member: String, _ language: String) -> String {
    language.isEmpty ? member : member + "@" + language
  }
}
