// swift-tools-version: 6.3
import PackageDescription

// What a plugin's rules are written with, as sources: libraries of Swift can't be used by another version of the compiler on Linux.

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .strictMemorySafety(),
]

let package = Package(
  name: "PluginKit",
  products: [.library(name: "PluginKit", targets: ["PluginKit", "CConcordPlugin"])],
  targets: [
    .target(name: "CConcordPlugin"),
    .target(name: "PluginKit", dependencies: ["CConcordPlugin"], swiftSettings: settings),
  ]
)
