package import JSONCodec

/// What the user set in the editor. Unknown members and members of the wrong type are passed over.
package struct ServerSettings: Sendable, Hashable {
  package enum Role: String, Sendable { case annotator, reviewer, maintainer }
  package enum Scope: String, Sendable {
    case openFiles = "open files"
    case workspace
  }

  /// Who is at work here.
  package var actor: String?
  package var role = Role.annotator
  /// Language tag of messages.
  package var language: String?
  /// How long a new finding in the value being typed waits.
  package var typingPause = Duration.milliseconds(400)
  package var scope = Scope.openFiles
  /// Whether files are laid out on request; `nil`: those that are labels, though not in the place of an editor's own formatter
  /// for `json`.
  package var formatting: Bool?
  package var limits = ServerLimits()

  package init() {}

  /// From `initializationOptions` or a configuration, with or without the section `concord`.
  package init(_ value: JSONValue?) {
    guard let section = value?["concord"] ?? value else { return }
    actor = section["actor"]?.string
    role = section["role"]?.string.flatMap(Role.init) ?? role
    language = section["language"]?.string
    if let pause = section["typingPause"]?.integer { typingPause = .milliseconds(min(max(0, pause), 60_000)) }
    scope = section["scope"]?.string.flatMap(Scope.init) ?? scope
    formatting = section["formatting"]?.bool
    limits = ServerLimits(section["limits"])
  }
}
