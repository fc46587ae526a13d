import JSONCodec
package import Workspace

/// The findings of an earlier report: what it has is known, and only what is new counts.
///
/// A finding is known by its file and fingerprint, as often as the report has it; so a mistake made once more is new. Findings of files
/// that are not checked any more are known in files that the report did not have: a renamed file brings nothing back.
package struct Baseline: Sendable {
  /// How often each finding is still to be met, by path, then fingerprint.
  private var byPath: [String: [String: Int]] = [:]
  private var moved: [String: Int] = [:]

  /// Why a file is no such report.
  package struct Problem: Error, Sendable, Hashable {
    package var message: String
  }

  private struct Run: Decodable {
    struct File: Decodable {
      var path: String
      var findings: [Finding]
    }
    struct Finding: Decodable {
      var fingerprint: String
      /// What was accepted is no part of what was known: it counts again when nobody accepts it any more.
      var accepted: Acceptance?
    }
    struct Acceptance: Decodable {}
    var files: [File]
  }

  /// Reads what `concord check --format json` printed; `paths` is what is checked now.
  package init(json: [UInt8], checking paths: Set<String>) throws(Problem) {
    let run: Run
    do {
      run = try JSONCodec.decode(Run.self, from: json)
    } catch {
      throw Problem(message: "this is no report of `concord check --format json` (\(error.message))")
    }
    for file in run.files {
      for finding in file.findings where finding.accepted == nil {
        if paths.contains(file.path) {
          byPath[file.path, default: [:]][finding.fingerprint, default: 0] += 1
        } else {
          moved[finding.fingerprint, default: 0] += 1
        }
      }
      if paths.contains(file.path), byPath[file.path] == nil { byPath[file.path] = [:] }
    }
  }

  /// Takes the known findings out of a file; returns how many those were.
  package mutating func removeKnown(from file: inout CheckedFile) -> Int {
    var left = byPath[file.path] ?? moved
    let all = file.findings.count
    file.findings.removeAll { finding in
      guard finding.accepted == nil, let number = left[finding.fingerprint], number > 0 else { return false }
      left[finding.fingerprint] = number - 1
      return true
    }
    if byPath[file.path] != nil { byPath[file.path] = left } else { moved = left }
    return all - file.findings.count
  }
}
