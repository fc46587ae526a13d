import Findings
package import Manifest

/// Which of a plugin's rules are called for which records of one format: by role, and by the fields that rules declare.
///
/// Worked out once for a format, so that asking costs a few steps for a record.
package struct RuleFilter: Sendable {
  private struct Condition {
    var rule: Int
    /// One bit a role; 0 for all.
    var roles: UInt64
    /// Numbers of the format's fields, of which one must be there; `nil` for all records.
    var fields: FieldSet?
  }
  private let conditions: [Condition]
  private let fieldCount: Int

  /// `names` are those that the format's role tables are numbered by.
  package init(_ rules: PluginRules, names: FieldNames, dialect: String) {
    fieldCount = names.names.count
    let count = fieldCount
    conditions = rules.rules.enumerated().compactMap { index, rule in
      guard rule.dialects.isEmpty || rule.dialects.contains(dialect) else { return nil }
      let roles = rule.roles.reduce(UInt64(0)) { $0 | 1 << UInt64($1 & 63) }
      guard !rule.fields.isEmpty else { return Condition(rule: index, roles: roles, fields: nil) }
      var fields = FieldSet(count: count)
      for (number, name) in names.names.enumerated() where rule.fields.contains(name) { fields.insert(number) }
      return fields.isEmpty ? nil : Condition(rule: index, roles: roles, fields: fields)
    }
  }

  /// Whether any rule is called for the record.
  package func wants(_ roles: RoleTable) -> Bool {
    var isWanted = false
    forEachRule(shown: roles) { _ in
      isWanted = true
      return false
    }
    return isWanted
  }

  /// Calls with the index of each rule that is called for the record, as long as `body` says so.
  package func forEachRule(shown roles: RoleTable, _ body: (Int) -> Bool) {
    var fields = FieldSet(count: fieldCount)
    for entry in roles.entries { fields.insert(Int(entry.field)) }
    let role = UInt64(1) << UInt64(roles.role.rawValue & 63)
    for condition in conditions {
      let fits = condition.roles == 0 || condition.roles & role != 0
      if fits, condition.fields?.meets(fields) ?? true, !body(condition.rule) { return }
    }
  }
}

/// A set of small numbers, without memory of its own up to 128.
private struct FieldSet: Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  private var more: Set<Int> = []
  private let count: Int

  init(count: Int) { self.count = count }

  var isEmpty: Bool { low | high == 0 && more.isEmpty }

  /// Takes in a number that is below the set's count; others are left out.
  mutating func insert(_ number: Int) {
    guard number >= 0, number < count else { return }
    switch number {
    case ..<64: low |= 1 << UInt64(number)
    case ..<128: high |= 1 << UInt64(number - 64)
    default: more.insert(number)
    }
  }

  func meets(_ other: FieldSet) -> Bool {
    low & other.low != 0 || high & other.high != 0 || !more.isDisjoint(with: other.more)
  }
}
