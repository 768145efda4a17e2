import BitimDomain
package import BitimProtocol
import BitimStore

extension Status {
  /// The one place where errors become statuses; an unknown error shows the caller nothing.
  package init(reporting error: any Error) {
    switch error {
    case let status as Status: self = status
    case let refusal as Refusal: self.init(refusing: [refusal])
    case let worded as WordedRefusal: self.init(refusing: [worded.told])
    case let refusals as Refusals: self.init(refusing: refusals.all)
    default: self.init(.internal, "internal error")
    }
  }

  /// The status of a business that says no.
  init(refusing refusals: [Refusal]) {
    let first = refusals.first?.reason ?? .notAllowed
    let place = refusals.first?.column ?? ""
    let words = first.rawValue.lowercased().split(separator: "_").joined(separator: " ")
    self.init(first.code, place.isEmpty ? words : "\(place): \(words)")
    // A hundred reasons are more than anybody reads, and an answer has to fit its frame.
    for refusal in refusals.prefix(100) {
      var arguments = refusal.arguments
      if !refusal.column.isEmpty { arguments["column"] = refusal.column }
      if !refusal.value.isEmpty { arguments["value"] = String(refusal.value.prefix(200)) }
      self.add(reason: refusal.reason.rawValue, arguments)
    }
  }
}

extension BitimV1.Finding {
  /// A refusal as a row of an answer or a record of the journal holds it.
  init(_ refusal: Refusal) {
    self.init()
    self.reason = refusal.reason.rawValue
    self.column = refusal.column
    self.value = refusal.value
    self.arguments = .init(refusal.arguments)
  }
}

extension [BitimV1.Argument] {
  /// Arguments in the order of their names.
  init(_ arguments: [String: String]) {
    self = arguments.sorted { $0.key < $1.key }.map { name, value in
      var argument = BitimV1.Argument()
      argument.name = name
      argument.value = value
      return argument
    }
  }
}
