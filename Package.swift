// swift-tools-version: 6.3
import PackageDescription

/// One list for every target: the language of Swift 7, warnings as errors, unsafe code marked.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("ImmutableWeakCaptures"),
  .treatAllWarnings(as: .error),
  .treatWarning("DeprecatedDeclaration", as: .warning),
  .strictMemorySafety(),
]

let package = Package(
  name: "concord",
  targets: [
    .target(name: "Manifest", swiftSettings: settings),
    .target(name: "Findings", dependencies: ["Manifest"], swiftSettings: settings),
    .target(name: "Facts", dependencies: ["Findings", "Manifest"], swiftSettings: settings),
    .testTarget(name: "ManifestTests", dependencies: ["Manifest"], swiftSettings: settings),
  ]
)
