import Findings
import Manifest

extension DocumentSnapshot {
  /// Everything there is to show, as `concord check` reports it.
  package func checkedFindings(path: String) -> [CheckedFinding] { checked(shown(limit: nil).findings, path: path) }

  /// Findings as reports have them, in order of place.
  func checked(_ shown: [PresentedFinding], path: String) -> [CheckedFinding] {
    var memo = RecordMemo(document)
    return zip(shown, fingerprints(of: shown)).sorted { a, b in
      let (a, b) = (a.0.range, b.0.range)
      return (a.lowerBound, a.upperBound) < (b.lowerBound, b.upperBound)
    }.map { checked($0, $1, path: path, &memo) }
  }

  private func checked(
    _ shown: PresentedFinding, _ fingerprint: Fingerprint, path: String, _ memo: inout RecordMemo
  ) -> CheckedFinding {
    CheckedFinding(
      rule: shown.rule, severity: shown.severity, message: shown.message, fingerprint: fingerprint.text,
      bytes: shown.range, start: checkedPosition(shown.range.lowerBound), end: checkedPosition(shown.range.upperBound),
      pointer: pointer(at: shown, &memo), count: shown.count,
      related: shown.related.map {
        let document = $0.elsewhere?.document ?? document
        return CheckedRelated(
          path: $0.elsewhere?.path.map { shortened($0, like: path) } ?? path,
          start: Self.position($0.range.lowerBound, in: document),
          end: Self.position($0.range.upperBound, in: document),
          message: $0.message)
      },
      fixes: shown.finding.fixes.map { fix in
        CheckedFix(
          title: title(of: fix, rule: shown.rule), isCertain: fix.isCertain,
          edits: (textEdits(of: fix) ?? []).map {
            CheckedEdit(
              path: path, bytes: $0.range, start: checkedPosition($0.range.lowerBound),
              end: checkedPosition($0.range.upperBound), text: String(decoding: $0.replacement, as: UTF8.self))
          })
      }, isSensitive: shown.isSensitive,
      accepted: shown.acceptance.map { CheckedAcceptance(by: $0.actor, reason: $0.reason) })
  }

  /// Another file's path, written as this document's is: from the same folder on.
  private func shortened(_ other: String, like shown: String) -> String {
    guard let own = path, !shown.hasPrefix("/"), own.utf8.count > shown.utf8.count, own.hasSuffix("/" + shown) else {
      return other
    }
    let folder = own.dropLast(shown.count)
    return other.hasPrefix(folder) ? String(other.dropFirst(folder.count)) : other
  }

  private func checkedPosition(_ offset: Int) -> CheckedPosition { Self.position(offset, in: document) }

  private static func position(_ offset: Int, in document: Document) -> CheckedPosition {
    let position = document.position(at: offset, in: .utf16)
    return CheckedPosition(line: position.line, character: position.character)
  }

  /// The JSON pointer of the value a finding stands at; the innermost one that holds it.
  private func pointer(at shown: PresentedFinding, _ memo: inout RecordMemo) -> String {
    let place = shown.finding.place
    let isText = place.record.record == Self.wholeText
    let record = isText ? document.innermostRecord(at: shown.range.lowerBound).id : place.record.record
    guard let tree = memo.tree(of: record) else { return "" }
    let own = isText ? memo.relative(shown.range.lowerBound, in: record) ?? 0 : Int(place.start)
    let exact = isText ? nil : tree.node(from: place.start, to: place.end)
    return memo.pointer(of: exact ?? tree.node(at: own), tree: tree, in: record)
  }
}
