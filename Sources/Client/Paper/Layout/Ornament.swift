/// Ornament of ram's horns (қошқар мүйіз), drawn for this sheet; no symbol of a state.
enum Ornament {
  /// A horn and its mirror, upwards from the middle.
  private static let horns: Path = {
    var path = Path()
    for side in [1.0, -1.0] {
      path.move(0, 0)
      path.line(0, -6.2)
      path.arc(4.6 * side, -6.2, clockwise: side > 0)
      path.arc(1.6 * side, -6.2, clockwise: side > 0)
      path.arc(3.2 * side, -6.2, clockwise: side > 0)
    }
    return path
  }()

  /// Four pairs of horns around a middle.
  static func rosette(at centre: Point, scale: Double, _ ink: Ink) -> Drawing {
    var path = Path()
    for (cosine, sine) in [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)] {
      path.add(
        Self.horns.mapped { point in
          Point(
            x: centre.x + scale * (point.x * cosine - point.y * sine),
            y: centre.y + scale * (point.x * sine + point.y * cosine))
        })
    }
    return Drawing(path: path, ink: ink, paint: .stroke(1.3 * scale, dash: []))
  }

  /// A unit of the band, from 0 to `length`, about the height 0; lines of `half` up and down.
  private static func unit(_ length: Double, _ half: Double) -> Path {
    var path = Path()
    for isMirror in [false, true] {
      func x(_ part: Double) -> Double { isMirror ? length - part * length : part * length }
      path.move(x(0), half)
      path.line(x(0), 0)
      path.arc(x(0.4), 0, clockwise: !isMirror)
      path.arc(x(0.25), 0, clockwise: !isMirror)
      path.arc(x(0.1), 0, clockwise: isMirror)
      path.arc(x(0.5), 0, clockwise: isMirror)
      path.line(x(0.5), -half)
    }
    return path
  }

  /// A band of units from a point to the right, or downwards.
  static func band(
    from start: Point, units: Int, length: Double, half: Double, pen: Double, isUpright: Bool,
    _ ink: Ink
  ) -> Drawing {
    let unit = Self.unit(length, half).mapped { point in
      isUpright
        ? Point(x: start.x - point.y, y: start.y + point.x)
        : Point(x: start.x + point.x, y: start.y + point.y)
    }
    let copies = (0..<units).map { index in
      let offset = Double(index) * length
      return isUpright ? Point(x: 0, y: offset) : Point(x: offset, y: 0)
    }
    return Drawing(path: unit, ink: ink, paint: .stroke(pen, dash: []), copies: copies)
  }

  /// The frame of a page that lies: bands between four tiles, a line at both edges, a hairline inside.
  static func frame(width: Double, height: Double, _ ink: Ink, isDouble: Bool) -> [Drawing] {
    let (margin, band, tile, inner) = (8.0, 7.0, 13.0, 1.4)
    func line(_ path: Path, _ pen: Double) -> Drawing {
      Drawing(path: path, ink: ink, paint: .stroke(pen, dash: []))
    }
    var thick = Path()
    // The School's own has one more.
    if isDouble { thick.rectangle(6, 6, width - 12, height - 12) }
    thick.rectangle(margin, margin, width - 2 * margin, height - 2 * margin)
    let (near, far) = (margin + band, margin + tile)
    for (x1, y1, x2, y2) in [
      (far, near, width - far, near), (far, height - near, width - far, height - near),
      (near, far, near, height - far), (width - near, far, width - near, height - far),
    ] {
      thick.move(x1, y1)
      thick.line(x2, y2)
    }
    let corners = [margin, width - margin - tile].flatMap { x in
      [margin, height - margin - tile].map { Point(x: x, y: $0) }
    }
    for corner in corners { thick.rectangle(corner.x, corner.y, tile, tile) }
    let (side, step) = (near + inner, far + inner)
    var hairline = Path()
    hairline.polygon([
      (step, side), (width - step, side), (width - step, step), (width - side, step),
      (width - side, height - step), (width - step, height - step), (width - step, height - side),
      (step, height - side), (step, height - step), (side, height - step), (side, step),
      (step, step),
    ])
    var drawings = [line(thick, 0.7), line(hairline, 0.25)]
    let half = band / 2
    for y in [margin + half, height - margin - half] {
      drawings.append(
        Self.band(
          from: Point(x: far, y: y), units: 22, length: (width - 2 * far) / 22, half: half,
          pen: 0.42, isUpright: false, ink))
    }
    for x in [margin + half, width - margin - half] {
      drawings.append(
        Self.band(
          from: Point(x: x, y: far), units: 14, length: (height - 2 * far) / 14, half: half,
          pen: 0.42, isUpright: true, ink))
    }
    for corner in corners {
      let centre = Point(x: corner.x + tile / 2, y: corner.y + tile / 2)
      drawings.append(Self.rosette(at: centre, scale: 0.52, ink))
    }
    return drawings
  }

  /// The rosette in a diamond.
  static func emblem(at centre: Point, _ ink: Ink) -> [Drawing] {
    var diamond = Path()
    diamond.polygon([
      (centre.x, centre.y - 12), (centre.x + 12, centre.y), (centre.x, centre.y + 12),
      (centre.x - 12, centre.y),
    ])
    return [
      Drawing(path: diamond, ink: ink, paint: .stroke(0.5, dash: [])),
      Self.rosette(at: centre, scale: 0.82, ink),
    ]
  }
}
