import BitimClient
import BitimProtocol

/// `bitim-rpc describe`: a symbol as the schema has it, as JSON, or a request to fill in.
struct DescribeCommand {
  private let words: Words

  init(_ words: Words) { self.words = words }

  func run() async throws {
    let pool = try await self.words.pool(try self.words.client())
    let symbol = self.words.symbol ?? ""
    let shown = SymbolText(pool: pool)
    if self.words.isTemplate {
      let (_, method) = try pool.method(symbol)
      return Terminal.say(shown.template(of: method.input))
    }
    let text = self.words.form == .text ? shown.text(of: symbol) : shown.json(of: symbol)
    guard let text else {
      throw Words.Fault(text: "\(symbol): there is no such symbol; see `bitim-rpc list`")
    }
    Terminal.say(text)
  }
}

extension DescriptorPool {
  /// The call that `SERVICE/METHOD` names, a dot before the method will do.
  func method(_ symbol: String) throws(Words.Fault) -> (service: String, ServiceMethod) {
    let place = symbol.lastIndex(of: "/") ?? symbol.lastIndex(of: ".")
    guard let place else { throw Words.Fault(text: "\(symbol): SERVICE/METHOD should stand here") }
    let service = String(symbol[..<place])
    let name = String(symbol[symbol.index(after: place)...])
    guard let known = self.services[service] else {
      throw Words.Fault(text: "\(service): there is no such service; see `bitim-rpc list`")
    }
    guard let method = known.methods.first(where: { $0.name == name }) else {
      throw Words.Fault(
        text: "\(service) has no \(name); see `bitim-rpc list \(service)`")
    }
    return (service, method)
  }
}
