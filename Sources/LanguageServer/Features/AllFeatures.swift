/// Every feature there is, a line each.
let allFeatures: [AnyFeature] = [
  AnyFeature(InitializeFeature.self),
  AnyFeature(InitializedFeature.self),
  AnyFeature(ShutdownFeature.self),
  AnyFeature(DidOpenFeature.self),
  AnyFeature(DidChangeFeature.self),
  AnyFeature(DidSaveFeature.self),
  AnyFeature(DidCloseFeature.self),
  AnyFeature(PullDiagnosticsFeature.self),
  AnyFeature(HoverFeature.self),
  AnyFeature(CodeActionFeature.self),
  AnyFeature(CodeActionResolveFeature.self),
  AnyFeature(ExecuteCommandFeature.self),
  AnyFeature(DidChangeConfigurationFeature.self),
  AnyFeature(DidChangeWatchedFilesFeature.self),
  AnyFeature(SetTraceFeature.self),
]
