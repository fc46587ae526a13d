/// How a new plugin's files are laid out, and what may stand in them. `NAME` stands for the plugin's name.
extension NewPlugin {
  static let schema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "NAME labels",
      "type": "object",
      "required": ["format", "items"],
      "properties": {
        "format": { "const": "NAME" },
        "items": { "title": "The pictures and what is on them", "type": "array", "items": { "$ref": "#/$defs/item" } }
      },
      "additionalProperties": false,
      "$defs": {
        "item": {
          "title": "Picture",
          "x-role": "region",
          "type": "object",
          "required": ["id", "picture", "label"],
          "properties": {
            "id": {
              "title": "The entry's name",
              "type": "string",
              "minLength": 1,
              "x-field": "id",
              "x-defines": { "kind": "item", "scope": "document", "message": "Two entries are called {id}. Give this one a name of its own." }
            },
            "picture": { "title": "The picture's file", "type": "string", "minLength": 1 },
            "label": {
              "title": "What is on the picture",
              "type": "string",
              "x-field": "label",
              "x-term": { "ontology": "NAME-labels", "form": "id" }
            },
            "count": { "title": "How many", "type": "integer", "minimum": 1, "x-field": "quantity" },
            "note": { "title": "What you saw", "type": "string", "minLength": 1, "x-field": "note" }
          },
          "additionalProperties": falseRULE
        }
      }
    }

    """#

  /// Stands in the format of a plugin that is data alone and has no list of its maker's yet.
  static let schemaRule = #"""
    ,
          "allOf": [
            {
              "x-rule": {
                "id": "other-without-note",
                "severity": "error",
                "summary": "Whoever chooses `other` says what it is.",
                "why": "A label that could be anything teaches nothing, and nobody can add what is missing to the list.",
                "message": "For the label `other`, write in `note` what you saw: nobody can tell it later.",
                "good": ["{\"format\": \"NAME\", \"items\": [{\"id\": \"1\", \"picture\": \"1.jpg\", \"label\": \"other\", \"note\": \"a kite\"}]}"],
                "bad": ["{\"format\": \"NAME\", \"items\": [⟪{⟫\"id\": \"1\", \"picture\": \"1.jpg\", \"label\": \"other\"}]}"]
              },
              "if": { "properties": { "label": { "const": "other" } }, "required": ["label"] },
              "then": { "required": ["note"] }
            }
          ]
    """#

  static let vocabulary = """
    id,english,vietnamese,also,kind
    animal,Animal,Động vật,,
    cat,Cat,Mèo,kitten,animal
    dog,Dog,Chó,puppy,animal
    vehicle,Vehicle,Xe cộ,,
    bicycle,Bicycle,Xe đạp,bike,vehicle
    car,Car,Ô tô,automobile,vehicle
    other,Something else,Thứ khác,,

    """
}
