package import Findings

/// Numbers the calls of a plan; 0 is the host itself.
package struct CallNumber: Sendable, BitwiseCopyable, Hashable, Comparable {
  package let number: UInt16
  package init(_ number: UInt16) { self.number = number }
  package static let host = CallNumber(0)
  package static func < (a: CallNumber, b: CallNumber) -> Bool { a.number < b.number }
}

/// Who stated something, and so who takes it back by stating something else.
///
/// A call number names plugin and form (`RulePlan.calls`), so two neighbor rules of one plugin that look at
/// different relations don't overwrite each other.
package enum Owner: Sendable, Hashable {
  /// What the host states of a record, from roles and declarations.
  case host(RecordReference)
  case check(RecordReference, CallNumber)
  case relate(FactID, CallNumber)
  case group(FactKey, CallNumber)
  case totals(FactKey, CallNumber)

  package var call: CallNumber {
    switch self {
    case .host: .host
    case .check(_, let call), .relate(_, let call), .group(_, let call), .totals(_, let call): call
    }
  }

  /// The record, where it is the host or a check that speaks.
  package var record: RecordReference? {
    switch self {
    case .host(let record), .check(let record, _): record
    case .relate, .group, .totals: nil
    }
  }
}
