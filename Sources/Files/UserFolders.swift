import Glibc

/// Where this user's things are, by the conventions of free desktops; `nil` where neither variable says.
package enum UserFolders {
  /// `$XDG_CACHE_HOME`, else `~/.cache`.
  package static var caches: String? { folder("XDG_CACHE_HOME", "/.cache") }
  /// `$XDG_DATA_HOME`, else `~/.local/share`.
  package static var data: String? { folder("XDG_DATA_HOME", "/.local/share") }
  /// `$XDG_CONFIG_HOME`, else `~/.config`.
  package static var configuration: String? { folder("XDG_CONFIG_HOME", "/.config") }
  package static var home: String? { variable("HOME") }

  private static func folder(_ name: String, _ below: String) -> String? { variable(name) ?? home.map { $0 + below } }

  /// Only absolute paths count.
  private static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let path = unsafe String(cString: value)
    return path.hasPrefix("/") ? path : nil
  }
}
