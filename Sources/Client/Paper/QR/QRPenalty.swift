/// How much a picture disturbs whoever looks for a code: the less, the better (ISO/IEC 18004, section 7.8.3).
enum QRPenalty {
  static func of(_ modules: [[Bool]]) -> Int {
    let columns = modules.indices.map { column in modules.map { $0[column] } }
    let lines = modules + columns
    return lines.reduce(0) { $0 + Self.runs(in: $1) + Self.finders(in: $1) }
      + Self.blocks(in: modules) + Self.balance(of: modules)
  }

  /// Five or more of a colour in a line: 3, and one for each beyond five.
  static func runs(in line: [Bool]) -> Int {
    var (sum, length) = (0, 0)
    for index in line.indices {
      length = index > 0 && line[index] == line[index - 1] ? length + 1 : 1
      if length == 5 { sum += 3 } else if length > 5 { sum += 1 }
    }
    return sum
  }

  /// What looks like a finder, 1 : 1 : 3 : 1 : 1 with four light ones before or behind it: 40.
  static func finders(in line: [Bool]) -> Int {
    let finder = [true, false, true, true, true, false, true]
    let light = [false, false, false, false]
    let ahead = light + finder
    let behind = finder + light
    guard line.count >= ahead.count else { return 0 }
    return (0...line.count - ahead.count).reduce(0) { sum, start in
      let part = line[start..<start + ahead.count]
      return sum + (part.elementsEqual(ahead) ? 40 : 0) + (part.elementsEqual(behind) ? 40 : 0)
    }
  }

  /// Four of a colour in a square: 3.
  static func blocks(in modules: [[Bool]]) -> Int {
    var sum = 0
    for row in 1..<modules.count {
      for column in 1..<modules.count {
        let colour = modules[row][column]
        let isBlock =
          modules[row - 1][column] == colour && modules[row][column - 1] == colour
          && modules[row - 1][column - 1] == colour
        if isBlock { sum += 3 }
      }
    }
    return sum
  }

  /// Ten for each whole five per cent that dark and light are away from even.
  static func balance(of modules: [[Bool]]) -> Int {
    let dark = modules.joined().count { $0 }
    let all = modules.count * modules.count
    return abs(dark * 20 - all * 10) / all * 10
  }
}
