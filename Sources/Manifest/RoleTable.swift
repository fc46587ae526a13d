/// What the values of one record are: its role, and its fields with canonical numbers. Filled from the schema's
/// `x-role`, `x-field` and `x-geometry`; read by rules of every format.
package struct RoleTable: Sendable, Hashable {
  package enum Role: UInt8, Sendable, CaseIterable {
    case none = 0
    case asset, region, entity, link, event
  }

  package enum Geometry: UInt8, Sendable, CaseIterable {
    case none = 0
    /// Four numbers: x, y of the top left corner, width, height; pixels.
    case box
    /// x, y pairs; pixels.
    case polygon
    /// Start, end; seconds.
    case interval
    case point
    case cuboid
  }

  /// One value with a part to play. Laid out like `concord_field`.
  package struct Entry: Sendable, Hashable {
    /// Index into the name list the table is read with (`Program.fieldNames`).
    package var field: UInt32
    package var node: UInt32
    /// Its canonical numbers in `RoleTable.numbers`. None if the value is not of the declared form.
    package var numberStart: UInt32 = 0
    package var numberCount: UInt32 = 0
    package var geometry: Geometry = .none

    package init(field: UInt32, node: UInt32, geometry: Geometry = .none) {
      self.field = field
      self.node = node
      self.geometry = geometry
    }
  }

  package var role: Role = .none
  package var entries: [Entry] = []
  package var numbers: [Double] = []
  package init() {}
}
