import CConcordPlugin
import Manifest
import Testing

/// Trees and role tables cross the boundary as they lie in memory.
@Suite struct LayoutTests {
  @Test func aNodeIsAConcordNode() {
    #expect(MemoryLayout<Node>.size == MemoryLayout<concord_node>.size)
    #expect(MemoryLayout<Node>.stride == MemoryLayout<concord_node>.stride)
    #expect(MemoryLayout<Node>.alignment == MemoryLayout<concord_node>.alignment)
    #expect(MemoryLayout<Node>.offset(of: \.kind) == MemoryLayout<concord_node>.offset(of: \.kind))
    #expect(MemoryLayout<Node>.offset(of: \.flags) == MemoryLayout<concord_node>.offset(of: \.flags))
    #expect(MemoryLayout<Node>.offset(of: \.start) == MemoryLayout<concord_node>.offset(of: \.start))
    #expect(MemoryLayout<Node>.offset(of: \.end) == MemoryLayout<concord_node>.offset(of: \.end))
    #expect(MemoryLayout<Node>.offset(of: \.parent) == MemoryLayout<concord_node>.offset(of: \.parent))
    #expect(MemoryLayout<Node>.offset(of: \.subtreeEnd) == MemoryLayout<concord_node>.offset(of: \.subtree_end))
    #expect(MemoryLayout<Node>.offset(of: \.childCount) == MemoryLayout<concord_node>.offset(of: \.child_count))
    #expect(MemoryLayout<Node>.offset(of: \.keyStart) == MemoryLayout<concord_node>.offset(of: \.key_start))
    #expect(MemoryLayout<Node>.offset(of: \.keyEnd) == MemoryLayout<concord_node>.offset(of: \.key_end))
  }

  @Test func anEntryIsAConcordField() {
    typealias Entry = RoleTable.Entry
    #expect(MemoryLayout<Entry>.stride == MemoryLayout<concord_field>.stride)
    #expect(MemoryLayout<Entry>.alignment == MemoryLayout<concord_field>.alignment)
    #expect(MemoryLayout<Entry>.offset(of: \.field) == MemoryLayout<concord_field>.offset(of: \.field))
    #expect(MemoryLayout<Entry>.offset(of: \.node) == MemoryLayout<concord_field>.offset(of: \.node))
    #expect(MemoryLayout<Entry>.offset(of: \.numberStart) == MemoryLayout<concord_field>.offset(of: \.number_start))
    #expect(MemoryLayout<Entry>.offset(of: \.numberCount) == MemoryLayout<concord_field>.offset(of: \.number_count))
    #expect(MemoryLayout<Entry>.offset(of: \.geometry) == MemoryLayout<concord_field>.offset(of: \.geometry))
  }

  @Test func kindsFlagsRolesAndGeometriesHaveTheSameNumbers() {
    let kinds: [(Node.Kind, Int)] = [
      (.missing, CONCORD_MISSING), (.null, CONCORD_NULL), (.false, CONCORD_FALSE), (.true, CONCORD_TRUE),
      (.number, CONCORD_NUMBER), (.string, CONCORD_STRING), (.array, CONCORD_ARRAY), (.object, CONCORD_OBJECT),
    ]
    for (kind, number) in kinds { #expect(Int(kind.rawValue) == number) }
    let flags: [(Node.Flags, Int)] = [
      (.escaped, CONCORD_ESCAPED), (.keyEscaped, CONCORD_KEY_ESCAPED), (.malformed, CONCORD_MALFORMED),
      (.unclosed, CONCORD_UNCLOSED), (.elided, CONCORD_ELIDED), (.duplicateKey, CONCORD_DUPLICATE_KEY),
    ]
    for (flag, number) in flags { #expect(Int(flag.rawValue) == number) }
    let roles = [
      CONCORD_ROLE_NONE, CONCORD_ROLE_ASSET, CONCORD_ROLE_REGION, CONCORD_ROLE_ENTITY, CONCORD_ROLE_LINK,
      CONCORD_ROLE_EVENT,
    ]
    #expect(RoleTable.Role.allCases.map { Int($0.rawValue) } == roles)
    let geometries = [
      CONCORD_GEOMETRY_NONE, CONCORD_GEOMETRY_BOX, CONCORD_GEOMETRY_POLYGON, CONCORD_GEOMETRY_INTERVAL,
      CONCORD_GEOMETRY_POINT, CONCORD_GEOMETRY_CUBOID,
    ]
    #expect(RoleTable.Geometry.allCases.map { Int($0.rawValue) } == geometries)
  }
}
