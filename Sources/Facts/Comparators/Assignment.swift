/// Who goes with whom so that the whole comes to most.
enum Assignment {
  /// For each row the column it goes with, so that the sum of `worth` is greatest; each column goes with one row, and a pair that is
  /// worth nothing is none.
  ///
  /// `worth` is at least 0, and has as many columns in each row. Cost: rows² × columns, where rows are the fewer of the two.
  static func best(_ worth: [[Double]]) -> [Int?] {
    let (rows, columns) = (worth.count, worth.first?.count ?? 0)
    guard rows > 0, columns > 0 else { return [Int?](repeating: nil, count: rows) }
    if rows > columns {
      let turned = (0..<columns).map { column in worth.map { $0[column] } }
      var found = [Int?](repeating: nil, count: rows)
      for (column, row) in best(turned).enumerated() { row.map { found[$0] = column } }
      return found
    }
    return cheapest(worth).enumerated().map { worth[$0.offset][$0.element] > 0 ? $0.element : nil }
  }

  /// The Hungarian method by shortest ways: rows come in one after the other, each along the cheapest way to a free column.
  private static func cheapest(_ worth: [[Double]]) -> [Int] {
    let (rows, columns) = (worth.count, worth[0].count)
    var rowPrice = [Double](repeating: 0, count: rows + 1)
    var columnPrice = [Double](repeating: 0, count: columns + 1)
    // The row of each column; 0 is no row, and column 0 is where a new row begins.
    var owner = [Int](repeating: 0, count: columns + 1)
    for row in 1...rows {
      owner[0] = row
      var from = [Int](repeating: 0, count: columns + 1)
      var least = [Double](repeating: .infinity, count: columns + 1)
      var isDone = [Bool](repeating: false, count: columns + 1)
      var column = 0
      repeat {
        isDone[column] = true
        let here = owner[column]
        var step = Double.infinity
        var next = 0
        for other in 1...columns where !isDone[other] {
          let cost = -worth[here - 1][other - 1] - rowPrice[here] - columnPrice[other]
          if cost < least[other] { (least[other], from[other]) = (cost, column) }
          if least[other] < step { (step, next) = (least[other], other) }
        }
        for other in 0...columns {
          if isDone[other] {
            rowPrice[owner[other]] += step
            columnPrice[other] -= step
          } else {
            least[other] -= step
          }
        }
        column = next
      } while owner[column] != 0
      while column != 0 {
        owner[column] = owner[from[column]]
        column = from[column]
      }
    }
    var found = [Int](repeating: 0, count: rows)
    for column in 1...columns where owner[column] > 0 { found[owner[column] - 1] = column - 1 }
    return found
  }
}
