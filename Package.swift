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

/// That no two parts of the program change the same memory at once is looked at while it runs in debug builds and in those that are
/// tested; it takes a twentieth of the time.
let unwatched: [SwiftSetting] =
  Context.environment["CONCORD_TESTING"] == nil
  ? [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))] : []

/// In a release build, tests see what is internal only in modules built for it; `make test` asks for that.
let testing: [SwiftSetting] =
  Context.environment["CONCORD_TESTING"] == nil ? [] : [.unsafeFlags(["-enable-testing"])]
let tested: Set = ["Facts", "LanguageServer", "Manifest", "Ontology", "Schema", "Workspace"]

func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [], resources: [Resource]? = nil
) -> Target {
  .target(
    name: name, dependencies: dependencies, exclude: exclude, resources: resources,
    swiftSettings: settings + unwatched + (tested.contains(name) ? testing : []))
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// A plugin's rules and the library that exports them; two of those never link into one test bundle.
func plugin(_ name: String, folder: String, data: [String], libraries: [Target.Dependency] = []) -> [Target] {
  let path = "Plugins/" + folder
  return [
    .target(
      name: name + "Rules", dependencies: ["PluginKit"] + libraries, path: path,
      exclude: ["Entry", "Examples", "README.md", "messages", "plugin.json", "rules.json", "schemas"] + data,
      sources: ["Rules", "Support"], swiftSettings: settings + unwatched),
    .target(
      name: name + "Entry", dependencies: ["CConcordPlugin", "PluginKit", .target(name: name + "Rules")],
      path: path + "/Entry", swiftSettings: settings + unwatched),
  ]
}

/// JSON Schema's own descriptions of its editions; compiled in, so that nothing has to be found when the program runs.
let metaschemas = [
  "04", "06", "07", "2019-09", "2019-09-applicator", "2019-09-content", "2019-09-core", "2019-09-format",
  "2019-09-meta-data", "2019-09-validation", "2020-12", "2020-12-applicator", "2020-12-content", "2020-12-core",
  "2020-12-format-annotation", "2020-12-format-assertion", "2020-12-meta-data", "2020-12-unevaluated",
  "2020-12-validation",
]

/// libFuzzer brings `main`, so its program links only where that is asked for: `Scripts/fuzz.sh`.
let fuzzer: [Target] =
  Context.environment["CONCORD_FUZZER"] == nil
  ? []
  : [
    .executableTarget(
      name: "concord-fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/Program",
      swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])])
  ]

let package = Package(
  name: "concord",
  products: [
    .library(name: "VisionPlugin", type: .dynamic, targets: ["VisionEntry"]),
    .library(name: "ExampleC", type: .dynamic, targets: ["ExampleC"]),
    .library(name: "ConcordTestPlugin", type: .dynamic, targets: ["TestPluginEntry"]),
    .library(name: "ConcordHostilePlugin", type: .dynamic, targets: ["HostilePlugin"]),
    .library(name: "RetailSKUPlugin", type: .dynamic, targets: ["RetailSKUEntry"]),
    .library(name: "InstructionDataPlugin", type: .dynamic, targets: ["InstructionDataEntry"]),
    .library(name: "MedicalImagingPlugin", type: .dynamic, targets: ["MedicalImagingEntry"]),
    .library(name: "SpeechPlugin", type: .dynamic, targets: ["SpeechEntry"]),
    .library(name: "GeospatialSARPlugin", type: .dynamic, targets: ["GeospatialSAREntry"]),
  ],
  dependencies: [
    // The command line: options, help, completions.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // What the log of the server goes through.
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: [
    // JSON that is not a manifest under edit.
    .systemLibrary(name: "CJSONC", pkgConfig: "json-c", providers: [.apt(["libjson-c-dev"])]),
    // JSON Schema's patterns, with limits so that none can hang.
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    // Names of hosts in every script (`idn-hostname`): Unicode's tables, and the rules of IDNA 2008 over them.
    .systemLibrary(name: "CIDN2", pkgConfig: "libidn2", providers: [.apt(["libidn2-dev"])]),
    // Vocabularies as spreadsheets write them.
    .systemLibrary(name: "CCSV", providers: [.apt(["libcsv-dev"])]),
    // Unicode's composition, decompositions and case folding, for the search of terms and for texts: Swift's own library keeps
    // them to itself. Its pkg-config
    // file has flags that SwiftPM refuses, and says nothing else that is needed.
    .systemLibrary(name: "CUTF8Proc", providers: [.apt(["libutf8proc-dev"])]),
    // SHA-256, with the instructions that processors have for it.
    .systemLibrary(name: "CDigest", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
    // Shapes on a plane: whether a ring crosses itself, what two areas share. Of the plugin for maps, and of nobody else.
    .systemLibrary(
      name: "CGEOS", path: "Plugins/GeospatialSAR/Libraries/CGEOS", providers: [.apt(["libgeos-dev"])]),
    // Coordinate systems and distances on the Earth; the same.
    .systemLibrary(
      name: "CPROJ", path: "Plugins/GeospatialSAR/Libraries/CPROJ", providers: [.apt(["libproj-dev"])]),
    // A loop in C, which can be had twice, for more and for less able processors. Of the plugin for chats, and of nobody else.
    .target(name: "CLeastHashes", path: "Plugins/InstructionData/Libraries/CLeastHashes"),
    // The archives that plugins are given to others in. A library for all kinds of archives brings six more along, to read what
    // nobody here writes.
    .systemLibrary(name: "CZLIB", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    // jemalloc in place of the C library's allocator, which has threads wait for each other when one lets go what another made.
    .target(name: "CAllocator", linkerSettings: [.linkedLibrary("jemalloc")]),
    .target(name: "CConcordPlugin"),
    .target(name: "CWorkerSystem"),
    // libseccomp: which system calls a plugin's process may make. Writing such filters by hand, for each kind of
    // machine, is where others have made their mistakes.
    .target(name: "CConfinement", linkerSettings: [.linkedLibrary("seccomp")]),
    // Headers of PNG and JPEG, and what Exif says of orientation.
    .target(
      name: "CMediaHeaders",
      linkerSettings: [.linkedLibrary("png16"), .linkedLibrary("jpeg"), .linkedLibrary("exif")]),

    module("Manifest"),
    module("Findings", ["Manifest"]),
    module(
      "Schema", ["CIDN2", "CPCRE2", "Findings", "Manifest"], exclude: ["Metaschemas/README.md"],
      resources: metaschemas.map { .embedInCode("Metaschemas/draft-" + $0 + ".json") }),
    module("Ontology", ["CCSV", "CUTF8Proc", "Manifest"]),
    module("Facts", ["Findings", "Manifest", "Ontology"]),
    module("JSONCodec", ["CJSONC"]),
    module("JSONRPC", ["JSONCodec"]),
    module("WorkerProtocol", ["Manifest"]),
    module("PluginKit", ["CConcordPlugin"]),
    module("Files", ["CDigest", "CZLIB"]),
    module(
      "PluginHost",
      ["CWorkerSystem", "Facts", "Files", "Findings", "JSONCodec", "Manifest", "Ontology", "WorkerProtocol"]),
    module(
      "Workspace",
      [
        "Facts", "Files", "Findings", "JSONCodec", "Manifest", "Ontology", "PluginHost", "Schema", "WorkerProtocol",
      ],
      // The host's own words in other languages: compiled in, so that they are never missing.
      resources: [.embedInCode("Messages/vi.json")]),
    module("LanguageServerProtocol", ["JSONCodec"]),
    // pidfd_open is out of Swift's sight.
    .target(name: "CParentWatch"),
    module(
      "LanguageServer",
      [
        "CParentWatch", "Findings", "JSONCodec", "JSONRPC", "LanguageServerProtocol", "Manifest", "Workspace",
        .product(name: "Logging", package: "swift-log"),
      ]),
    module("Reporting", ["Findings", "JSONCodec", "Workspace"]),
    .executableTarget(
      name: "concord",
      dependencies: [
        "CAllocator", "Facts", "Files", "Findings", "LanguageServer", "Manifest", "Ontology", "PluginHost", "Reporting",
        "Workspace",
        "JSONRPC", .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ], swiftSettings: settings),
    .executableTarget(
      name: "concord-worker",
      dependencies: ["CConcordPlugin", "CConfinement", "CWorkerSystem", "Ontology", "WorkerProtocol"],
      swiftSettings: settings),
    .executableTarget(
      name: "concord-media", dependencies: ["CConfinement", "CMediaHeaders", "CWorkerSystem", "WorkerProtocol"],
      swiftSettings: settings),

    .target(
      name: "ExampleC", dependencies: ["CConcordPlugin"], path: "Templates/plugin-c",
      exclude: ["plugin.json", "rules.json", "Examples"], sources: ["example.c"], linkerSettings: [.linkedLibrary("m")]),

    // Print what a stored fact takes, and what searching a large vocabulary costs.
    .executableTarget(
      name: "FactsBench", dependencies: ["Facts", "Findings", "Manifest"], path: "Benchmarks/FactsBench",
      swiftSettings: settings, linkerSettings: [.linkedLibrary("m")]),
    .executableTarget(
      name: "OntologyBench", dependencies: ["Ontology"], path: "Benchmarks/OntologyBench", swiftSettings: settings),
    // Does one piece of work on texts of its own, for `Benchmarks/counts.py` to count the instructions of.
    .executableTarget(
      name: "concord-counts", dependencies: ["Facts", "Findings", "Manifest", "Schema", "Workspace"],
      path: "Benchmarks/Counts", swiftSettings: settings),

    // What reads bytes that others made, for libFuzzer and for tests over examples and random changes of them.
    .target(
      name: "FuzzTargets",
      dependencies: [
        "JSONCodec", "JSONRPC", "LanguageServerProtocol", "Manifest", "Ontology", "PluginHost", "Schema",
        "WorkerProtocol", "Workspace",
      ], path: "Tests/Fuzz/Targets", swiftSettings: settings),
    tests("FuzzTests", ["FuzzTargets", "TestSupport"]),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    tests("ManifestTests", ["Manifest", "TestSupport"]),
    tests("SchemaTests", ["Findings", "Manifest", "Schema"]),
    tests("FactsTests", ["Facts", "Findings", "Manifest", "Ontology"]),
    tests("OntologyTests", ["Manifest", "Ontology"]),
    tests("JSONCodecTests", ["JSONCodec"]),
    tests("FilesTests", ["Files"]),
    tests(
      "PluginHostTests",
      [
        "CWorkerSystem", "Facts", "Files", "Findings", "JSONCodec", "Manifest", "Ontology", "PluginHost", "TestSupport",
        "WorkerProtocol",
      ]),
    tests("PluginKitTests", ["CConcordPlugin", "Manifest", "PluginKit", "TestPlugin"]),
    tests("WorkerProtocolTests", ["Manifest", "WorkerProtocol"]),
    .target(name: "TestPlugin", dependencies: ["PluginKit"], path: "Tests/TestPlugin", swiftSettings: settings),
    .target(
      name: "TestPluginEntry", dependencies: ["CConcordPlugin", "PluginKit", "TestPlugin"],
      path: "Tests/TestPluginEntry",
      swiftSettings: settings),
    // Does what plugins must not.
    .target(name: "HostilePlugin", dependencies: ["CConcordPlugin"], path: "Tests/HostilePlugin"),
    // Runs a worker as on a kernel without Landlock or seccomp.
    .executableTarget(
      name: "concord-old-kernel", path: "Tests/OldKernel", linkerSettings: [.linkedLibrary("seccomp")]),
    .target(
      name: "LSPTestClient", dependencies: ["JSONCodec", "JSONRPC"], path: "Tests/LSPTestClient",
      swiftSettings: settings),
    tests("JSONRPCTests", ["JSONCodec", "JSONRPC", "LSPTestClient"]),
    tests("FindingsTests", ["Findings", "Manifest"]),
    tests(
      "LanguageServerTests",
      [
        "Findings", "JSONCodec", "JSONRPC", "LSPTestClient", "LanguageServer", "LanguageServerProtocol", "Manifest",
        "Workspace", .product(name: "Logging", package: "swift-log"),
      ]),
    tests(
      "PluginRulesTests",
      [
        "CConcordPlugin", "Findings", "InstructionDataRules", "Manifest", "PluginKit", "RetailSKURules", "Schema",
        "SpeechRules", "TestSupport", "VisionRules",
      ]),
    tests(
      "WorkspaceTests",
      [
        "Facts", "Files", "Findings", "Manifest", "Ontology", "PluginHost", "Reporting", "Schema", "TestSupport",
        "Workspace",
      ]),
    // Links the plugin's rules, to hold their geometry against others' programs.
    tests("GeospatialTests", ["GeospatialSARRules", "TestSupport"]),
    tests("ReportingTests", ["Findings", "Reporting", "Workspace"]),
    tests("HouseTests", ["Findings", "LanguageServer", "Reporting"]),
    tests("ServerTests", ["JSONCodec", "JSONRPC", "LSPTestClient", "LanguageServer", "TestSupport"]),
  ] + plugin("Vision", folder: "Vision", data: []) + plugin("RetailSKU", folder: "RetailSKU", data: ["ontologies"])
    + plugin("InstructionData", folder: "InstructionData", data: ["Libraries"], libraries: ["CLeastHashes"])
    + plugin("Speech", folder: "Speech", data: [])
    + plugin("MedicalImaging", folder: "MedicalImaging", data: ["agreements.json", "ontologies"])
    + plugin("GeospatialSAR", folder: "GeospatialSAR", data: ["Libraries"], libraries: ["CGEOS", "CPROJ"])
    + fuzzer
)
