/// The history of somebody or something: what each act said of it, what stood before, and what was called an
/// error since.
///
/// Acts are told in the order in which they were recorded. What a deed says stands nowhere twice: before and after are
/// found here, from ``Deed/telling`` alone.
package struct History: Equatable, Sendable {
  /// A piece of an act, beside what it follows.
  package struct Line: Equatable, Sendable {
    package let field: Told.Field
    package let of: Subject?
    package let which: Told.Value?
    /// What stood until then; nil where nothing did, and where it says only why.
    package let before: Told.Value?
    /// What stands since; nil where nothing does.
    package let after: Told.Value?
    package let reach: Told.Reach
    /// The act by which it was never true; nil while it stands or stood.
    package fileprivate(set) var struckBy: Int64?
  }

  /// The lines of an act, in its own order.
  package struct Entry: Equatable, Sendable {
    package let sequence: Int64
    package fileprivate(set) var lines: [Line]
  }

  private struct Key: Hashable {
    var field: Told.Field
    var of: Subject?
    var which: Told.Value?
    /// The act that made it, where several stand.
    var made: Int64?
  }

  private struct Place: Equatable {
    var entry: Int
    var line: Int
  }

  package private(set) var entries: [Entry] = []
  private var standing: [Key: Place] = [:]

  package init() {}

  /// Tells the next act.
  package mutating func add(_ sequence: Int64, _ pieces: [Told]) {
    self.entries.append(Entry(sequence: sequence, lines: []))
    for piece in pieces {
      switch piece.part {
      case .said: self.append(piece, before: nil)
      case .stands: self.follow(piece, isError: false)
      case .corrects: self.follow(piece, isError: true)
      case .made(let after): self.make(piece, after: after, sequence)
      case .takesBack(let act):
        self.strike { [entries] key, place in
          entries[place.entry].sequence == act && key.of == piece.of
        }
      case .takesBackAll:
        self.strike { key, _ in
          (piece.of == nil || key.of == piece.of)
            && (piece.which == nil || key.which == piece.which)
        }
      }
    }
  }

  /// One of its kind: what says the same again is not told.
  private mutating func follow(_ piece: Told, isError: Bool) {
    let key = Key(field: piece.field, of: piece.of, which: piece.which)
    var earlier = key
    if let follows = piece.follows { earlier.of = follows }
    let place = self.standing[earlier]
    let before = place.flatMap { self.entries[$0.entry].lines[$0.line].after }
    guard before != piece.value else { return }
    self.standing[earlier] = nil
    if isError, let place {
      self.entries[place.entry].lines[place.line].struckBy = self.entries.last?.sequence
    }
    self.append(piece, before: before)
    if piece.value != nil { self.standing[key] = self.last }
  }

  /// One of several.
  private mutating func make(_ piece: Told, after: Int64?, _ sequence: Int64) {
    var key = Key(field: piece.field, of: piece.of, which: piece.which, made: after)
    let place = after == nil ? nil : self.standing.removeValue(forKey: key)
    let before = place.flatMap { self.entries[$0.entry].lines[$0.line].after }
    guard before != nil || piece.value != nil else { return }
    self.append(piece, before: before)
    key.made = sequence
    if piece.value != nil { self.standing[key] = self.last }
  }

  /// What was never true: it is struck out where it was told, and told once more where that was said.
  private mutating func strike(where isMeant: (Key, Place) -> Bool) {
    let meant = self.standing.filter { isMeant($0.key, $0.value) }.sorted {
      ($0.value.entry, $0.value.line) < ($1.value.entry, $1.value.line)
    }
    for (key, place) in meant {
      self.standing[key] = nil
      let line = self.entries[place.entry].lines[place.line]
      self.entries[place.entry].lines[place.line].struckBy = self.entries.last?.sequence
      self.entries[self.entries.count - 1].lines.append(
        Line(
          field: line.field, of: line.of, which: line.which, before: line.after, after: nil,
          reach: line.reach))
    }
  }

  private mutating func append(_ piece: Told, before: Told.Value?) {
    self.entries[self.entries.count - 1].lines.append(
      Line(
        field: piece.field, of: piece.of, which: piece.which, before: before, after: piece.value,
        reach: piece.reach))
  }

  /// Where the line told last is.
  private var last: Place {
    let entry = self.entries.count - 1
    return Place(entry: entry, line: self.entries[entry].lines.count - 1)
  }
}
