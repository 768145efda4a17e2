/// Straight lines and curves; of arcs it knows semicircles, as PDF has none.
struct Path: Equatable, Sendable {
  enum Step: Equatable, Sendable {
    case move(Point)
    case line(Point)
    case curve(Point, Point, Point)
    case close
  }

  private(set) var steps: [Step] = []
  /// Where the pen is.
  private var pen = Point(x: 0, y: 0)

  mutating func move(_ x: Double, _ y: Double) {
    self.pen = Point(x: x, y: y)
    self.steps.append(.move(self.pen))
  }

  mutating func line(_ x: Double, _ y: Double) {
    self.pen = Point(x: x, y: y)
    self.steps.append(.line(self.pen))
  }

  mutating func close() { self.steps.append(.close) }

  /// A semicircle to a point; `clockwise` as one sees it.
  mutating func arc(_ x: Double, _ y: Double, clockwise: Bool) {
    // A quarter of a circle as a cubic: handles of 0.5523 of the radius.
    let handle = 0.5523
    let (start, end) = (self.pen, Point(x: x, y: y))
    let half = Point(x: (end.x - start.x) / 2, y: (end.y - start.y) / 2)
    let side = clockwise ? Point(x: half.y, y: -half.x) : Point(x: -half.y, y: half.x)
    func scaled(_ point: Point, _ factor: Double) -> Point {
      Point(x: point.x * factor, y: point.y * factor)
    }
    let top = start + half + side
    self.steps.append(
      .curve(start + scaled(side, handle), top + scaled(half, -handle), top))
    self.steps.append(.curve(top + scaled(half, handle), end + scaled(side, handle), end))
    self.pen = end
  }

  mutating func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
    self.move(x, y)
    self.line(x + width, y)
    self.line(x + width, y + height)
    self.line(x, y + height)
    self.close()
  }

  /// Straight lines through points, and back.
  mutating func polygon(_ points: [(x: Double, y: Double)]) {
    for (index, point) in points.enumerated() {
      if index == 0 { self.move(point.x, point.y) } else { self.line(point.x, point.y) }
    }
    self.close()
  }

  mutating func add(_ other: Path) { self.steps += other.steps }

  /// The path with each of its points moved.
  func mapped(_ change: (Point) -> Point) -> Path {
    var path = self
    path.steps = self.steps.map { step in
      switch step {
      case .move(let point): .move(change(point))
      case .line(let point): .line(change(point))
      case .curve(let one, let two, let end): .curve(change(one), change(two), change(end))
      case .close: .close
      }
    }
    return path
  }
}
