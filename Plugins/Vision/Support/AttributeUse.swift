import PluginKit

/// One attribute, where it is declared or where it is said of an object.
struct AttributeUse: Equatable {
  var name: String
  var isDeclaration: Bool
  /// The class it is declared for or said of; `nil` if it may be said of any object.
  var owner: String?
  /// The wider class of the one it is said of.
  var parent = ""

  init(name: String, isDeclaration: Bool, owner: String?, parent: String = "") {
    self.name = name
    self.isDeclaration = isDeclaration
    self.owner = owner
    self.parent = parent
  }

  init?(_ text: String) {
    let parts = text.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 4 else { return nil }
    self.init(
      name: parts[1], isDeclaration: parts[0] == "d", owner: parts[2].isEmpty ? nil : parts[2], parent: parts[3])
  }

  /// A fact carries 256 bytes; what doesn't fit is left out by the host.
  var payload: Payload {
    .text([isDeclaration ? "d" : "u", name, owner ?? "", parent].joined(separator: "\u{1F}"))
  }
}
