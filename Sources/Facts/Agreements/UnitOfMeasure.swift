/// A unit, by the codes of UCUM and the spellings that people use.
struct UnitOfMeasure: Sendable, Hashable {
  enum Dimension: Sendable, Hashable {
    case plain, length, time, angle, mass, volume, area, frequency, speed, level, pixels
    /// A unit that is not known here: compared to itself alone.
    case other([UInt8])
  }

  var dimension: Dimension
  /// How many base units it is, as a fraction: so decimal units convert with one rounding.
  private var over: Double
  private var under: Double

  private init(_ dimension: Dimension, _ over: Double = 1, _ under: Double = 1) {
    self.dimension = dimension
    self.over = over
    self.under = under
  }

  /// A number alone.
  static let plain = UnitOfMeasure(.plain, 1, 1)

  /// Upper and lower case differ, as they do in units.
  init(_ text: String?) {
    guard let text, !text.isEmpty else {
      self = .plain
      return
    }
    let name = Array(text.utf8)
    self = Self.known[name] ?? UnitOfMeasure(.other(name))
  }

  /// It converts to others of its dimension.
  var isKnown: Bool { if case .other = dimension { false } else { true } }

  func inBase(_ value: Double) -> Double { value * over / under }
  func fromBase(_ value: Double) -> Double { value * under / over }

  private static let known: [[UInt8]: UnitOfMeasure] = {
    var known: [[UInt8]: UnitOfMeasure] = [:]
    for (names, unit) in table {
      for name in names { known[Array(name.utf8)] = unit }
    }
    return known
  }()

  private static let table: [(names: [String], unit: UnitOfMeasure)] = [
    (["m", "meter", "meters"], .init(.length)), (["cm"], .init(.length, 1, 100)), (["mm"], .init(.length, 1, 1000)),
    (["um", "µm", "μm"], .init(.length, 1, 1e6)), (["km"], .init(.length, 1000)),
    (["in", "[in_i]", "inch"], .init(.length, 254, 10_000)), (["ft", "[ft_i]"], .init(.length, 3048, 10_000)),
    (["nmi", "[nmi_i]"], .init(.length, 1852)),
    (["s", "sec", "second", "seconds"], .init(.time)), (["ms"], .init(.time, 1, 1000)),
    (["us", "µs", "μs"], .init(.time, 1, 1e6)), (["ns"], .init(.time, 1, 1e9)), (["min"], .init(.time, 60)),
    (["h"], .init(.time, 3600)), (["d"], .init(.time, 86_400)),
    (["rad"], .init(.angle)), (["mrad"], .init(.angle, 1, 1000)), (["deg", "°"], .init(.angle, Double.pi, 180)),
    (["kg"], .init(.mass)), (["g"], .init(.mass, 1, 1000)), (["mg"], .init(.mass, 1, 1e6)),
    (["ug", "µg", "μg"], .init(.mass, 1, 1e9)), (["t"], .init(.mass, 1000)),
    (["L", "l"], .init(.volume)), (["dL", "dl"], .init(.volume, 1, 10)), (["cL", "cl"], .init(.volume, 1, 100)),
    (["mL", "ml", "cm3", "cm³"], .init(.volume, 1, 1000)), (["mm3", "mm³"], .init(.volume, 1, 1e6)),
    (["m3", "m³"], .init(.volume, 1000)),
    (["m2", "m²"], .init(.area)), (["cm2", "cm²"], .init(.area, 1, 1e4)), (["mm2", "mm²"], .init(.area, 1, 1e6)),
    (["km2", "km²"], .init(.area, 1e6)), (["ha", "har"], .init(.area, 1e4)),
    (["Hz"], .init(.frequency)), (["kHz"], .init(.frequency, 1000)), (["MHz"], .init(.frequency, 1e6)),
    (["GHz"], .init(.frequency, 1e9)),
    (["m/s"], .init(.speed)), (["km/h"], .init(.speed, 10, 36)), (["kn", "kt", "[kn_i]"], .init(.speed, 1852, 3600)),
    (["dB"], .init(.level)), (["px", "pixel", "pixels"], .init(.pixels)),
    (["1"], .plain), (["%", "percent"], .init(.plain, 1, 100)),
  ]
}
