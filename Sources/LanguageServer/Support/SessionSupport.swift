/// What the session does by itself, without a request that asks for it.
let sessionSupport: [Support] = [
  Support(
    .positionEncodings, "Places are counted in UTF-8, UTF-16 or UTF-32, as the editor likes it best",
    test: "ConformanceTests/theFirstEncodingOfTheClientThatIsKnownIsTaken"),
  Support(
    .pushDiagnostics, "What is wrong, where and why; with every key typed",
    test: "ShelfTests/aFindingSaysWhatIsWrongWhereAndWhy"),
  Support(
    .diagnosticVersions, "Findings are never shown over another text than theirs",
    test: "ShelfTests/editsBehindOtherScriptsAppearAndVanish"),
  Support(
    .relatedDocuments, "Labels that disagree with another file are found as soon as either changes",
    test: "ServerJoinedFilesTests/whatIsSavedElsewhereIsSeen"),
  Support(
    .relatedInformation, "Both sides of a disagreement",
    test: "ShelfTests/aFindingSaysWhatIsWrongWhereAndWhy"),
  Support(
    .diagnosticTags, "Labels that were given up are struck through",
    test: "LabelHelpTests/labelsThatWereGivenUpAreStruckThrough"),
  Support(
    .cancellation, "Work on an answer stops when it is cancelled, or when an edit makes it worthless",
    test: "LoadTests/aCancelledRequestIsAnswered"),
  Support(
    .dynamicRegistration, "Watched files, settings and layout are asked for where the client can be asked",
    test: "SessionOrderTests/layoutIsAskedForAndTakenBack"),
  Support(
    .configuration, "Settings count from the moment they are made, everywhere or in one folder",
    test: "SessionOrderTests/aFolderThatIsOpenedLaterHasItsOwnSettings"),
  Support(
    .jsonLines, "Each line is checked for itself, and a broken one costs no other",
    test: "QuietTests/linesAreCheckedEachForItself"),
]
