/// Descriptions of what a plugin's files look like.
extension Harm {
  private static func entries(_ schema: String, _ rest: String = "") -> String {
    #"{"properties": {"hostile": {"items": \#(schema)}}\#(rest)}"#
  }

  /// With the format that uses it.
  private static func used(_ harm: Harm) -> Harm {
    Harm(harm.name) { dataset in
      try dataset.write(descriptor, format())
      try harm.make(dataset)
    }
  }

  private static func described(_ name: String, _ text: @escaping @autoclosure @Sendable () -> String) -> Harm {
    used(Harm(name, schema, text()))
  }

  static let schemas: [Harm] =
    (places(schema) + texts(schema) { entries(#"{"const": \#($0), "enum": [\#($0)], "default": \#($0)}"#) }
    + texts(schema) { entries(#"{"properties": \#($0), "allOf": \#($0), "$ref": \#($0)}"#) }).map(used)
    + patterns + circles + addresses + numbers + own

  private static let patterns = [
    described(
      "patterns that hang others",
      entries(
        #"{"properties": {"text": {"allOf": [{"pattern": "^(a+)+$"}, {"pattern": "(a|a)*b"}, {"pattern": "(.*a){25}"}, "#
          + #"{"pattern": "(?=(a+))\\1*b"}, {"pattern": "(a{0,1000}){0,1000}"}]}}}"#)),
    described(
      "a pattern of a megabyte", entries(#"{"properties": {"text": {"pattern": "\#(many("(a|b", 20_000))"}}}"#)),
  ]

  private static func doubling(_ word: String) -> String {
    let levels = list(40) { number in
      let next = ##"{"$ref": "#/$defs/l\##(number + 1)"}"##
      return #""l\#(number)": {"\#(word)": [\#(next), \#(next)]}"#
    }
    return entries(##"{"$ref": "#/$defs/l0"}"##, #", "$defs": {\#(levels), "l40": {"type": "object"}}"#)
  }

  private static let circles = [
    described(
      "references in a circle",
      entries(
        ##"{"$ref": "#/$defs/a"}"##,
        ##", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"anyOf": [{"$ref": "#/$defs/a"}, {"$ref": "#"}]}}"##)),
    described("conditions that double", doubling("allOf")),
    described("branches that double", doubling("oneOf")),
    described("choices that double", doubling("anyOf")),
    described("many branches", entries("{\"oneOf\": [\(list(20_000) { "{\"const\": \($0)}" })]}")),
  ]

  private static let addresses = [
    described(
      "references out",
      entries(
        #"{"anyOf": [{"$ref": "../shelves/schemas/shelf.json"}, {"$ref": "file:///etc/passwd"}, {"$ref": "/etc/passwd"}, "#
          + #"{"$ref": "http://localhost:1/x"}, {"$ref": "file:///dev/zero"}, {"$ref": "//host/x"}, {"$ref": "a/../../x"}]}"#
      )),
    described("an address that leads out", #"{"$id": "file:///etc/", "properties": {"hostile": {"$ref": "passwd"}}}"#),
  ]

  private static let numbers = [
    described(
      "limits beyond all numbers",
      entries(
        #"{"minimum": 1e999999999, "multipleOf": 1e-999999999, "maxLength": 1e400, "minItems": -1e99, "#
          + #""maxProperties": 0.5, "properties": {"n": {"multipleOf": 0.\#(many("0", 5_000))1}}}"#))
  ]

  private static let own = [
    described(
      "words of ours of the wrong type",
      entries(
        #"{"x-field": [], "x-geometry": {"type": {"a": 1}, "convention": 7}, "x-id": 5, "x-ref": {"to": [[]]}, "#
          + #""x-term": {"ontology": "\u0000"}, "x-claim": {"subject": "1/2/3/4", "value": "////"}, "#
          + #""x-embedded": {"schema": "/a/b/c", "pointer": 3}, "#
          + #""x-rule": {"id": "no/such/rule", "severity": "loud", "message": "{x#{y|"}}"#)),
    described(
      "a description in the data",
      entries(#"{"properties": {"text": {"x-embedded": {"schemaFrom": "1/schema"}}}}"#)),
  ]
}
