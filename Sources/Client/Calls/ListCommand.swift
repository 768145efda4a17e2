import BitimClient
import BitimProtocol

/// `bitim-rpc list`: the services a server has, or a service's calls.
struct ListCommand {
  private let words: Words

  init(_ words: Words) { self.words = words }

  func run() async throws {
    let pool = try await self.words.pool(try self.words.client())
    guard let symbol = self.words.symbol else {
      for name in pool.services.keys.sorted() { self.say(name, "service") }
      return
    }
    guard let service = pool.services[symbol] else {
      throw Words.Fault(text: "\(symbol): there is no such service; see `bitim-rpc list`")
    }
    for method in service.methods { self.say("\(service.name)/\(method.name)", "method") }
  }

  private func say(_ name: String, _ kind: String) {
    Terminal.say(self.words.form == .text ? name : "{\"\(kind)\":\(JSONText.quoted(name))}")
  }
}
