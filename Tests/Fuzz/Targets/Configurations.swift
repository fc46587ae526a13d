import PluginHost
import Workspace

extension FuzzTarget {
  /// A dataset's `concord.json`, a plugin's `plugin.json` or `rules.json`, the user's `config.json`. No file that is named leads out.
  static let configuration = FuzzTarget("configuration") { bytes in
    guard let choice = bytes.first else { return }
    let text = Array(bytes.dropFirst())
    switch choice % 3 {
    case 0: readDataset(text)
    case 1: readPlugin(text)
    default:
      _ = try? PluginRules(json: text)
      _ = UserConfiguration(text, at: "/fuzz/config.json")
    }
  }

  private static func readDataset(_ text: [UInt8]) {
    let configuration = DatasetConfiguration(text, root: "/fuzz")
    for path in ["/fuzz/a.json", "/fuzz/b/c.jsonl", "/elsewhere/a.json", ""] {
      _ = configuration.covers(path)
      _ = configuration.dialect(of: path)
      _ = configuration.level(of: "vision/a", in: path)
    }
    precondition(configuration.vocabularies.allSatisfy { staysInside($0.file) }, "a list outside of the dataset")
  }

  private static func readPlugin(_ text: [UInt8]) {
    guard let plugin = try? PluginDescriptor(json: text) else { return }
    let files = plugin.dialects.compactMap(\.schema) + plugin.vocabularies.map(\.file) + plugin.resources
    precondition(files.allSatisfy(staysInside), "a file outside of the plugin's folder")
  }

  private static func staysInside(_ path: String) -> Bool {
    !path.isEmpty && !path.hasPrefix("/") && !path.split(separator: "/").contains("..") && !path.utf8.contains(0)
  }
}
