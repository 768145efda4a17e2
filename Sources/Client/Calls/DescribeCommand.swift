import BitimClient
import BitimProtocol
import Foundation

/// `bitim-rpc describe`: a symbol as the schema has it, as JSON, or a request to fill in.
struct DescribeCommand {
  private let words: Words

  init(_ words: Words) { self.words = words }

  func run() async throws {
    let pool = try await self.words.pool(try self.words.client())
    if let folder = self.words.protoOut { return try self.write(pool, to: folder) }
    let symbol = self.words.symbol ?? ""
    let shown = SymbolText(pool: pool)
    if self.words.isTemplate {
      let (_, method) = try pool.method(symbol)
      return Terminal.say(shown.template(of: method.input))
    }
    let text =
      self.words.form == .text ? try Self.text(of: symbol, pool) : shown.json(of: symbol)
    guard let text else {
      throw Words.Fault(text: "\(symbol): there is no such symbol; see `bitim-rpc list`")
    }
    Terminal.say(text)
  }

  /// The symbol as the schema has it, comments and options included; nil if there is none.
  private static func text(of symbol: String, _ pool: DescriptorPool) throws -> String? {
    let name = symbol.split(separator: "/").joined(separator: ".")
    guard let file = pool.files.first(where: { $0.path == pool.homes[name] }) else { return nil }
    do throws(WireFault) {
      return try ProtoText(file.octets, of: pool).text(of: name)
    } catch {
      throw Words.Fault(text: "\(file.path): its descriptor can't be read")
    }
  }

  /// Writes the schema's files below a folder, but those of protobuf itself, which every compiler has.
  private func write(_ pool: DescriptorPool, to folder: String) throws {
    var files = pool.files
    if let symbol = self.words.symbol {
      guard let path = pool.homes[symbol] else {
        throw Words.Fault(text: "\(symbol): there is no such symbol; see `bitim-rpc list`")
      }
      files = pool.files(from: [path])
    }
    files = files.filter { !$0.path.hasPrefix("google/protobuf/") }
    // The server names the files: none may stand elsewhere.
    for file in files {
      let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
      guard file.path.hasSuffix(".proto"), parts.allSatisfy({ !["", ".", ".."].contains($0) })
      else {
        throw Words.Fault(text: "\(file.path): is no path below a folder; nothing is written")
      }
    }
    for file in files {
      let place = URL(fileURLWithPath: folder).appendingPathComponent(file.path)
      do {
        try FileManager.default.createDirectory(
          at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(try ProtoText(file.octets, of: pool).text().utf8).write(
          to: place, options: .withoutOverwriting)
      } catch is WireFault {
        throw Words.Fault(text: "\(file.path): its descriptor can't be read")
      } catch {
        throw Words.Fault(text: "\(place.path): can't be written, or is there already")
      }
      Terminal.say(file.path)
    }
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
