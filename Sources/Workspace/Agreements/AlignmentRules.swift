import Findings

/// What is wrong with the way a dataset joins its files.
enum AlignmentRules {
  static let path = RuleInfo(
    id: "dataset/path-unusable", form: .declared, severity: .error,
    summary: "Paths that join files must be written so that they can be followed.",
    why: "What can't be followed joins nothing, and labels that disagree are not noticed.",
    messages: [
      "": "`{path}` can't be followed. {reason}",
      "records": "`{path}` names no list of entries. It must begin with `/` and end in `/*`, like `/annotations/*`.",
      "part": "Say here where its files have the `{name}`: add `\"{name}\"` with a path.",
      "far": "`{path}` goes too far: one `->` leads to what a value names, and `../` to what stands around, not both.",
    ],
    good: [], bad: [])

  static let nothing = RuleInfo(
    id: "dataset/path-leads-nowhere", form: .declared, severity: .error,
    summary: "A path that joins files must lead to something in them.",
    why: "An entry without it takes no part, so its labels are never compared.",
    messages: [
      "": "None of the {count} {count#entry|entries} read in `{files}` has `{path}`.",
      "near": "None of the {count} {count#entry|entries} read in `{files}` has `{path}`. Did you mean `{near}`?",
      "files": "No file here is called `{files}`, so there is nothing to compare.",
      "entries": "The files called `{files}` have no entries at `{path}`.",
    ],
    good: [], bad: [])

  static let apart = RuleInfo(
    id: "dataset/hardly-meets", form: .declared, severity: .error,
    summary: "Files that are joined must have things in common.",
    why: "Where nothing meets, nothing is compared, and everything looks as if it agreed.",
    messages: [
      "":
        "Of {made} things named in `{files}`, {met} {met#is|are} named in the other files too. Nothing else is compared.",
      "near":
        "Of {made} things named in `{files}`, {met} {met#is|are} named in the other files too: `{own}` looks like `{other}` there.",
    ],
    good: [], bad: [])

  static let all = [path, nothing, apart]
}
