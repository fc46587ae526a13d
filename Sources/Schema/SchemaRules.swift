package import Findings

/// The rules behind the keywords of a schema: what each means to the person whose file it is.
package enum SchemaRules {
  package static let all: [RuleInfo] = values + texts + lists + objects + choices + host

  /// English phrases that messages of these rules are put together from, besides their templates.
  package static var phrases: [String] { FindingWriter.phrases }

  private static func rule(
    _ id: String, _ summary: String, severity: Severity = .error, why: String, _ messages: [String: String]
  ) -> RuleInfo {
    RuleInfo(
      id: "schema/" + id, form: .declared, severity: severity, summary: summary, why: why,
      source: "JSON Schema, Validation", messages: messages.merging(["custom": "{text}"]) { own, _ in own })
  }

  private static let values = [
    rule(
      "type", "A value is of another kind than the format wants.",
      why: "Programs that read the file stop here, or read something else than was meant.",
      [
        "": "This should be {expected}, but it is {found}.",
        "named": "`{name}` should be {expected}, but it is {found}.",
        "fix-number": "Write it as the number {value}",
        "fix-text": "Write it as text",
        "fix-truth": "Write it as {value}",
      ]),
    rule(
      "enum", "A value is not one of those the format allows.",
      why: "A spelling nobody else uses becomes a category of its own, or is dropped when the file is read.",
      [
        "": "`{value}` isn't one of the allowed values: {values}.",
        "near": "`{value}` isn't one of the allowed values: {values}. Did you mean `{suggestion}`?",
        "other": "This isn't one of the allowed values: {values}.",
        "fix": "Change it to `{suggestion}`",
      ]),
    rule(
      "const", "A value must be one certain value.", why: "The format marks this place with one fixed value.",
      [
        "": "This must be {expected}.",
        "fix": "Change it to {expected}",
      ]),
    rule(
      "minimum", "A number is below what the format allows.", why: "Such a value can't be right here.",
      ["": "{value} is too small; the least allowed is {limit}."]),
    rule(
      "maximum", "A number is above what the format allows.", why: "Such a value can't be right here.",
      ["": "{value} is too large; the most allowed is {limit}."]),
    rule(
      "exclusive-minimum", "A number is not above its limit.", why: "Such a value can't be right here.",
      ["": "{value} is too small; it must be more than {limit}."]),
    rule(
      "exclusive-maximum", "A number is not below its limit.", why: "Such a value can't be right here.",
      ["": "{value} is too large; it must be less than {limit}."]),
    rule(
      "multiple-of", "A number is not in the steps the format counts in.", why: "The format counts in fixed steps.",
      ["": "{value} must be a multiple of {limit}."]),
  ]

  private static let texts = [
    rule(
      "min-length", "A text is too short.", why: "A text this short can't hold what belongs here.",
      [
        "": "This text is too short: its length is {found}, and at least {limit} is needed.",
        "empty": "This text is empty. Fill it in.",
      ]),
    rule(
      "max-length", "A text is too long.", why: "Programs that read the file cut it off or refuse it.",
      ["": "This text is too long: its length is {found}, and at most {limit} is allowed."]),
    rule(
      "pattern", "A text is not written in the form the format wants.",
      why: "Programs that read the file rely on the form.",
      [
        "": "`{value}` isn't written in the form that is wanted here: `{pattern}`."
      ]),
    rule(
      "format", "A text is not the kind of text that belongs here: a date, an address, a name of a host …",
      why: "Programs that read the file take it apart by its form, and stop where it has another.",
      [
        "date": "`{value}` is no date. Write year, month and day like `2026-11-21`.",
        "time": "`{value}` is no time. Write it with its time zone, like `14:30:00Z` or `14:30:00+07:00`.",
        "date-time": "`{value}` is no date with a time. Write it like `2026-11-21T14:30:00Z`.",
        "duration":
          "`{value}` is no length of time. Write it like `P3D` for three days or `PT1H30M` for an hour and a half.",
        "email": "`{value}` is no mail address. Write it like `name@example.org`.",
        "idn-email": "`{value}` is no mail address. Write it like `name@example.org`.",
        "hostname": "`{value}` can't be the name of a computer in a network. Write it like `www.example.org`.",
        "idn-hostname": "`{value}` can't be the name of a computer in a network. Write it like `www.example.org`.",
        "ipv4": "`{value}` is no network address. Write four numbers up to 255, like `192.0.2.1`.",
        "ipv6": "`{value}` is no network address of the new kind. Write it like `2001:db8::1`.",
        "uri": "`{value}` is no full web address. Write it with what it begins with, like `https://example.org/a`.",
        "iri": "`{value}` is no full web address. Write it with what it begins with, like `https://example.org/a`.",
        "uri-reference": "`{value}` is no address or path. Spaces and some other signs must be written like `%20`.",
        "iri-reference": "`{value}` is no address or path. Spaces and some other signs must be written like `%20`.",
        "uri-template": "`{value}` is no address with gaps to fill in. Write the gaps like `{{name}}`.",
        "uuid":
          "`{value}` is no id of this kind. It is 32 digits and letters `a` to `f` in groups, like `123e4567-e89b-12d3-a456-426614174000`.",
        "json-pointer": "`{value}` is no path to a value. Write it like `/images/0/id`.",
        "relative-json-pointer": "`{value}` is no path to a value from here. Write it like `1/id`.",
        "regex": "`{value}` can't be used to search with: it is not written by the rules for search patterns.",
      ]),
  ]

  private static let lists = [
    rule(
      "min-items", "A list is too short.", why: "Something is left out.",
      [
        "": "This list is too short: it holds {found}, and at least {limit} {limit#is|are} needed.",
        "empty": "This list is empty, and at least {limit} {limit#is|are} needed.",
      ]),
    rule(
      "max-items", "A list is too long.", why: "What is too much is ignored or read as something else.",
      ["": "This list is too long: it holds {found}, and at most {limit} {limit#is|are} allowed."]),
    rule(
      "unique-items", "A list holds the same value twice.", why: "The same thing would be counted twice.",
      [
        "": "`{value}` stands in this list twice.",
        "other": "This stands in the list already.", "first": "Here it stands for the first time.",
        "fix": "Take the second one out",
      ]),
    rule(
      "extra-items", "A list goes on after its last place.",
      why: "What is too much is ignored or read as something else.",
      ["": "This is one value too many for this list. Take it out.", "fix": "Take it out"]),
    rule(
      "contains", "A list lacks a value it needs, or has too many such.", why: "Something is left out, or doubled.",
      [
        "few": "Something is missing in this list: of a certain kind, at least {limit} {limit#is|are} needed.",
        "many": "This list has too many of a certain kind: at most {limit} {limit#is|are} allowed.",
      ]),
  ]

  private static let objects = [
    rule(
      "required", "Something that must be there is missing.", why: "Programs that read the file can't do without it.",
      [
        "": "`{name}` is missing here.",
        "titled": "`{name}` is missing in this {title}.",
        "near": "`{found}` isn't known here. Did you mean `{name}`, which is missing?",
        "fix-name": "Change it to `{name}`",
        "deciding": "`{name}` is missing here. It says what kind of thing this is, and so what else belongs here.",
        "fix": "Add `{name}`",
      ]),
    rule(
      "dependent-required", "Something that another value needs is missing.",
      why: "One of the two says nothing without the other.",
      ["": "`{name}` is missing here: where `{other}` is given, it is needed too.", "fix": "Add `{name}`"]),
    rule(
      "additional-properties", "A name is used that the format does not know.",
      why: "A misspelt name is ignored when the file is read, and its value is lost.",
      [
        "": "`{name}` isn't known here.",
        "near": "`{name}` isn't known here. Did you mean `{suggestion}`?",
        "fix-name": "Change it to `{suggestion}`",
        "fix": "Take it out",
      ]),
    rule(
      "property-names", "A name is not written as the format wants names.",
      why: "Programs that read the file rely on the form of names.",
      ["": "`{name}` can't be a name here."]),
    rule(
      "not-allowed", "Something stands where nothing may.", why: "With the values beside it, this one can't be right.",
      ["": "This isn't allowed here.", "named": "`{name}` isn't allowed here.", "fix": "Take it out"]),
    rule(
      "min-properties", "Too few names are given.", why: "Something is left out.",
      ["": "Too little is named here: {found}, and at least {limit} {limit#is|are} needed."]),
    rule(
      "max-properties", "Too many names are given.", why: "What is too much is ignored.",
      ["": "Too much is named here: {found}, and at most {limit} {limit#is|are} allowed."]),
  ]

  private static let choices = [
    rule(
      "any-of", "Nothing tells which of several things this is.",
      why: "A program that reads the file can't tell what is meant.",
      ["": "What this is can't be told: it needs one of {names}."]),
    rule(
      "one-of", "A value fits several descriptions of which only one may fit.",
      why: "A program that reads the file can't tell which is meant.",
      ["": "This can be read in {found} ways, and only one may fit. Add or remove what tells them apart."]),
    rule(
      "not", "A value is one that the format rules out.", why: "The format names this case as a mistake.",
      ["": "This is ruled out here.", "described": "This is ruled out here: {text}"]),
  ]

  private static let host = [
    rule(
      "deprecated", "Something is used that should no longer be.", severity: .hint,
      why: "It may be gone in a later version.",
      ["": "`{name}` should no longer be used.", "described": "{text}"]),
    rule(
      "not-checked", "Something could not be checked.", severity: .information,
      why: "Checking it takes unreasonably long, so it was given up.",
      [
        "": "This could not be checked: it takes too long.",
        "pattern": "The form of this text could not be checked: `{pattern}` takes too long on it.",
      ]),
  ]
}
