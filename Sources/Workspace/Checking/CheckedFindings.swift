import Findings
import Manifest

extension DocumentSnapshot {
  /// Everything there is to show, as `concord check` reports it.
  package func checkedFindings(path: String) -> [CheckedFinding] { checked(shown(limit: nil).findings, path: path) }

  /// Findings as reports have them, in order of place.
  ///
  /// Cost: O(n log n) in the number of findings, and a reading of each entry with one, in order.
  func checked(_ shown: [PresentedFinding], path: String) -> [CheckedFinding] {
    let all = fellows(of: shown)
    var identities = FindingIdentities(document, id, dialect)
    var positions = PositionMemo(document, in: .utf16)
    var made = [CheckedFinding?](repeating: nil, count: shown.count)
    identities.visit(all.map(\.finding)) { index, fingerprint, memo in
      for number in all[index].shown {
        made[number] = checked(shown[number], fingerprint, path: path, &memo, &positions)
      }
    }
    return made.compactMap(\.self).enumerated().sorted { a, b in
      let (one, other) = (a.element.bytes, b.element.bytes)
      return (one.lowerBound, one.upperBound, a.offset) < (other.lowerBound, other.upperBound, b.offset)
    }.map(\.element)
  }

  private func checked(
    _ shown: PresentedFinding, _ fingerprint: Fingerprint, path: String, _ memo: inout RecordMemo,
    _ positions: inout PositionMemo
  ) -> CheckedFinding {
    CheckedFinding(
      rule: shown.rule, severity: shown.severity, message: shown.message, fingerprint: fingerprint.text,
      bytes: shown.range, start: CheckedPosition(positions.position(at: shown.range.lowerBound)),
      end: CheckedPosition(positions.position(at: shown.range.upperBound)),
      pointer: pointer(at: shown, &memo), count: shown.count,
      related: shown.related.map { checked($0, path: path, &positions) },
      fixes: shown.finding.fixes.map { checked($0, of: shown, path: path, &memo, &positions) },
      isSensitive: shown.isSensitive,
      accepted: shown.acceptance.map { CheckedAcceptance(by: $0.actor, reason: $0.reason) })
  }

  private func checked(
    _ related: PresentedFinding.Related, path: String, _ positions: inout PositionMemo
  ) -> CheckedRelated {
    func range(_ positions: inout PositionMemo) -> (CheckedPosition, CheckedPosition) {
      let start = positions.position(at: related.range.lowerBound)
      return (CheckedPosition(start), CheckedPosition(positions.position(at: related.range.upperBound)))
    }
    guard let elsewhere = related.elsewhere else {
      let (start, end) = range(&positions)
      return CheckedRelated(path: path, start: start, end: end, message: related.message)
    }
    var others = PositionMemo(elsewhere.document, in: .utf16)
    let (start, end) = range(&others)
    return CheckedRelated(
      path: elsewhere.path.map { shortened($0, like: path) } ?? path, start: start, end: end, message: related.message)
  }

  private func checked(
    _ fix: Fix, of shown: PresentedFinding, path: String, _ memo: inout RecordMemo, _ positions: inout PositionMemo
  ) -> CheckedFix {
    CheckedFix(
      title: title(of: fix, rule: shown.rule), isCertain: fix.isCertain,
      edits: (textEdits(of: fix, &memo) ?? []).map { edit in
        CheckedEdit(
          path: path, bytes: edit.range, start: CheckedPosition(positions.position(at: edit.range.lowerBound)),
          end: CheckedPosition(positions.position(at: edit.range.upperBound)),
          text: String(decoding: edit.replacement, as: UTF8.self))
      })
  }

  /// Another file's path, written as this document's is: from the same folder on.
  private func shortened(_ other: String, like shown: String) -> String {
    guard let own = path, !shown.hasPrefix("/"), own.utf8.count > shown.utf8.count, own.hasSuffix("/" + shown) else {
      return other
    }
    let folder = own.dropLast(shown.count)
    return other.hasPrefix(folder) ? String(other.dropFirst(folder.count)) : other
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

extension CheckedPosition {
  fileprivate init(_ position: LinePosition) { self.init(line: position.line, character: position.character) }
}
