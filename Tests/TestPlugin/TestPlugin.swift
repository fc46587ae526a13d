public import PluginKit

/// A plugin that uses all of the kit, and one rule that does on request what plugins should not.
public let testPlugin = Plugin(
  id: "test", version: "2.0.1",
  rules: [BoxOutside.self, RegionsOverlap.self, SceneCount.self, Convention.self, Surroundings.self, Misbehaving.self],
  assistants: [Helper.self])
