/// The words of a command line: positions, options with a value, switches.
///
/// It knows no defaults, no abbreviations and no `-x`; every option may come once, but those a
/// command lists as repeatable.
struct Arguments {
  /// A command line that can't be understood.
  struct Fault: Error, Equatable {
    let text: Text
    let arguments: [String: String]
  }

  private(set) var positions: [String] = []
  private var values: [String: [String]] = [:]
  private var switches: Set<String> = []

  /// Options every command takes.
  static let global: Set<String> = [
    "output", "language", "profile", "server", "token-file",
  ]

  /// The switch that every command takes.
  static let forExcel = "for-excel"

  /// Splits `words` by what a command takes.
  init(
    _ words: [String], options: Set<String>, repeatable: Set<String> = [],
    switches known: Set<String> = []
  ) throws(Fault) {
    var rest = words[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("--"), word.count > 2 else {
        self.positions.append(word)
        continue
      }
      var name = String(word.dropFirst(2))
      var value: String?
      if let equals = name.firstIndex(of: "=") {
        value = String(name[name.index(after: equals)...])
        name = String(name[..<equals])
      }
      if known.contains(name) || name == "help" || name == Self.forExcel {
        // What stands behind a switch would not be heard: `--dry-run=no`.
        guard value == nil else {
          throw Fault(text: .usageUnknownOption, arguments: ["option": word])
        }
        self.switches.insert(name)
        continue
      }
      guard options.contains(name) || repeatable.contains(name) || Self.global.contains(name)
      else {
        let all = options.union(repeatable).union(known).union(Self.global)
          .union(["help", Self.forExcel])
        guard let near = Nearest.word(to: name, among: all) else {
          throw Fault(text: .usageUnknownOption, arguments: ["option": "--\(name)"])
        }
        throw Fault(
          text: .usageOptionNear, arguments: ["option": "--\(name)", "near": "--\(near)"])
      }
      // What looks like an option is one; a value that does is given as --name=--value.
      if value == nil, rest.first?.hasPrefix("--") == false { value = rest.popFirst() }
      guard let given = value else {
        throw Fault(text: .usageValueMissing, arguments: ["option": "--\(name)"])
      }
      if self.values[name] != nil, !repeatable.contains(name) {
        throw Fault(text: .usageOptionTwice, arguments: ["option": "--\(name)"])
      }
      self.values[name, default: []].append(given)
    }
  }

  /// The value of an option; nil if it isn't there.
  subscript(_ name: String) -> String? { self.values[name]?.first }

  /// Every value of a repeatable option, commas split.
  func all(_ name: String) -> [String] {
    (self.values[name] ?? []).flatMap { $0.split(separator: ",").map(String.init) }
  }

  /// Every value of a repeatable option, as it was given.
  func each(_ name: String) -> [String] { self.values[name] ?? [] }

  /// Whether a switch is there.
  func has(_ name: String) -> Bool { self.switches.contains(name) }

  /// The value of an option that must be there.
  func required(_ name: String) throws(Fault) -> String {
    guard let value = self[name], !value.isEmpty else {
      throw Fault(text: .usageOptionNeeded, arguments: ["option": "--\(name)"])
    }
    return value
  }

  /// The whole number of an option that must be there.
  func requiredNumber(_ name: String) throws(Fault) -> Int32 {
    let text = try self.required(name)
    guard let number = Int32(text) else {
      throw Fault(text: .usageNotNumber, arguments: ["option": "--\(name)", "value": text])
    }
    return number
  }

  /// How many rows are asked for by one of `options`, or all by `--all`: for programs all unless told otherwise, for
  /// people `few`.
  func most(_ options: [String], orAllFor form: Output.Form, few: Int) throws(Fault) -> Int {
    let counts = options.filter { self[$0] != nil }
    guard let option = counts.first, let text = self[option] else {
      return form == .table && !self.has("all") ? few : .max
    }
    guard counts.count == 1, !self.has("all") else {
      let list = (options + ["all"]).map { "--\($0)" }.joined(separator: ", ")
      throw Fault(text: .usageOneOf, arguments: ["list": list])
    }
    guard let most = Int(text), most > 0 else {
      throw Fault(text: .usageNotNumber, arguments: ["option": "--\(option)", "value": text])
    }
    return most
  }

  /// The whole number at a position that must be there.
  func number<Number: FixedWidthInteger>(at index: Int, _ what: String) throws(Fault) -> Number {
    let text = try self.position(index, what)
    guard let number = Number(text) else {
      throw Fault(text: .usageNotNumber, arguments: ["option": what, "value": text])
    }
    return number
  }

  /// The word at a position that must be there.
  func position(_ index: Int, _ what: String) throws(Fault) -> String {
    guard index < self.positions.count else {
      throw Fault(text: .usageWordNeeded, arguments: ["what": what])
    }
    return self.positions[index]
  }

  /// Refuses options that say nothing beside a file.
  func refuse(_ names: Set<String>) throws(Fault) {
    guard let name = names.filter({ self.values[$0] != nil }).min() else { return }
    throw Fault(text: .usageOptionBesideFile, arguments: ["option": "--\(name)"])
  }

  /// Refuses words beyond those a command takes.
  func atMost(_ count: Int) throws(Fault) {
    guard self.positions.count > count else { return }
    throw Fault(text: .usageWordTooMany, arguments: ["word": self.positions[count]])
  }
}
