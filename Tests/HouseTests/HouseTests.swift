import BitimCrypto
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Foundation
import Testing

@testable import bitim_generate

@Suite("The house")
struct HouseTests {
  @Test("what is generated is what the generator makes of schema/, texts and citations now")
  func drift() throws {
    let generator = try SchemaFiles.generator(below: Repository.root)
    for output in try generator.outputs() {
      #expect(
        try Repository.text(output.path) == output.text,
        "\(output.path) is stale: run `swift run bitim-generate`")
    }
  }

  @Test("every message, field, enum, value, service and call of ours is documented")
  func documented() throws {
    for (path, source) in try SchemaFiles.read(below: Repository.root)
    where path.hasPrefix("bitim/") || path.hasPrefix("ttrpc/") {
      let file = try Parser.file(path: path, source: source)
      for message in file.messages { Self.check(message, path) }
      for enumeration in file.enums { Self.check(enumeration, path) }
      for service in file.services {
        #expect(!service.comment.isEmpty, "\(path): \(service.name)")
        for call in service.calls { #expect(!call.comment.isEmpty, "\(path): \(call.name)") }
      }
    }
  }

  private static func check(_ message: SchemaMessage, _ path: String) {
    #expect(!message.comment.isEmpty, "\(path): \(message.name)")
    for field in message.fields {
      #expect(!field.comment.isEmpty, "\(path): \(message.name).\(field.name)")
    }
    for nested in message.messages { Self.check(nested, path) }
    for enumeration in message.enums { Self.check(enumeration, path) }
  }

  private static func check(_ enumeration: SchemaEnum, _ path: String) {
    #expect(!enumeration.comment.isEmpty, "\(path): \(enumeration.name)")
    for value in enumeration.values { #expect(!value.comment.isEmpty, "\(path): \(value.name)") }
  }

  /// Pages that an administrator, a partner's programmer or a stranger reads in a terminal.
  private static let readInTerminals: Set<String> = [
    "README.md", "SECURITY.md", "docs/OPERATIONS.md", "schema/PROTOCOL.md",
  ]

  @Test(
    "no line of prose is longer than 120 characters, nor is a table's row of what is read in a terminal"
  )
  func widthOfProse() throws {
    let files = FileManager.default
    let pages =
      try files.contentsOfDirectory(atPath: Repository.root.path)
      + files.subpathsOfDirectory(atPath: Repository.root.appendingPathComponent("docs").path)
      .map { "docs/\($0)" } + ["schema/PROTOCOL.md", "schema/vectors/SOURCES.md"]
    var wide: [String] = []
    for page in pages.sorted() where page.hasSuffix(".md") {
      for (index, line) in try Repository.text(page).components(separatedBy: "\n").enumerated()
      where line.count > 120 && (!line.hasPrefix("|") || Self.readInTerminals.contains(page)) {
        wide.append("\(page):\(index + 1)")
      }
    }
    #expect(wide == [])
  }

  @Test("`unsafe` stands only where the kernel and SQLite are called")
  func unsafeFiles() throws {
    let sources = Repository.root.appendingPathComponent("Sources")
    let paths = try #require(FileManager.default.enumerator(atPath: sources.path))
    var files: [String] = []
    for case let path as String in paths where path.hasSuffix(".swift") {
      let text = try Repository.text("Sources/\(path)")
      let isUsed = text.split(separator: "\n").contains { line in
        !line.trimmingCharacters(in: .whitespaces).hasPrefix("//")
          && line.contains(/\bunsafe\b/)
      }
      if isUsed { files.append(path) }
    }
    #expect(
      files.sorted() == [
        "Protocol/System/Address.swift", "Protocol/System/Descriptor.swift",
        "Protocol/System/Endpoint.swift", "Protocol/System/FileSystem.swift",
        "Protocol/System/Helper.swift", "Protocol/System/Lock.swift",
        "Protocol/System/Poller.swift", "Protocol/System/PrivateFile.swift",
        "Protocol/System/PublicFile.swift", "Protocol/System/Supervisor.swift",
        "Protocol/System/Terminal.swift", "Protocol/System/Thread.swift",
        "Protocol/System/Version.swift", "Protocol/System/WholeFile.swift",
        "Server/Daemon/Bridge.swift", "Server/Daemon/DatabasePlace.swift",
        "Server/Daemon/Offline.swift",
        "Server/Daemon/Restore.swift", "Server/Daemon/Serve.swift",
        "Server/Daemon/Signatures.swift",
        "Server/Daemon/System.swift",
        "Server/Listener/Output.swift", "Server/Listener/Server.swift",
        "Server/Listener/Switchboard.swift", "Server/Listener/TaskThreads.swift",
        "Server/Listener/Workers.swift",
        "Server/Store/Database/Database.swift", "Server/Store/Journal/Ledger.swift",
      ])
  }

  @Test("no test starts a program by Foundation's Process, see Program")
  func processes() throws {
    let folder = Repository.root.appendingPathComponent("Tests")
    let paths = try #require(FileManager.default.enumerator(atPath: folder.path))
    for case let path as String in paths where path.hasSuffix(".swift") {
      #expect(try !Repository.text("Tests/\(path)").contains(/[= ]Process\(\)/), "\(path)")
    }
  }

  @Test(
    "no file of secrets is made by Foundation, whose files are others' to read at first, see PrivateFile"
  )
  func privateFiles() throws {
    let folder = Repository.root.appendingPathComponent("Sources")
    let paths = try #require(FileManager.default.enumerator(atPath: folder.path))
    var makers: Set<String> = []
    for case let path as String in paths where path.hasSuffix(".swift") {
      let text = try Repository.text("Sources/\(path)")
      if text.contains(/\bcreateFile\(|\.write\(\s*to: ?(url|URL)|\.write\(toFile:|\bO_CREAT\b/) {
        makers.insert(path)
      }
    }
    // Source and pages of the manual are everybody's to read; beside a database lies its lock, which is empty.
    #expect(
      makers == [
        "Client/CommandLine/Commands/ManCommand.swift",
        "Protocol/Generate/main.swift", "Protocol/System/PrivateFile.swift",
        "Protocol/System/PublicFile.swift", "Protocol/System/WholeFile.swift",
        "Server/Daemon/DatabasePlace.swift",
      ])
  }

  @Test("no act refuses for one reason in two places")
  func oncePerAct() throws {
    let folder = "Sources/Server/Domain/Acts"
    let names = try FileManager.default.contentsOfDirectory(
      atPath: Repository.root.appendingPathComponent(folder).path)
    #expect(names.count > 20)
    for name in names {
      var counts: [Substring: Int] = [:]
      for match in try Repository.text("\(folder)/\(name)").matches(of: /Refusal\(\s*\.(\w+)/) {
        counts[match.1, default: 0] += 1
      }
      for (reason, count) in counts {
        #expect(count == 1, "\(name): .\(reason) stands in \(count) places")
      }
    }
  }

  @Test("PROTOCOL.md lists the reasons of reasons.tsv row for row, with status and meaning")
  func reasonsOfThePage() throws {
    let page = try Repository.text("schema/PROTOCOL.md")
    let section = try #require(page.split(separator: "\n## Reasons\n").last)
    // An entry that is too long for a line goes on below, indented.
    let listed = section.prefix(
      upTo: section.firstRange(of: "\n## ")?.lowerBound ?? section.endIndex
    )
    .replacing("\n  ", with: " ").split(separator: "\n").filter { $0.hasPrefix("- `") }.map(
      String.init)
    let rows = try ReasonTable(reading: Array(Repository.text("schema/reasons.tsv").utf8)).rows
    #expect(listed == rows.map { "- `\($0.code)` \($0.status): \($0.meaning)" })
    #expect(rows.compactMap { $0.member == nil ? nil : $0.code } == Reason.allCases.map(\.rawValue))
  }

  @Test("a reason that the server spells out in its code is in reasons.tsv, with that status")
  func reasonsInCode() throws {
    let rows = try ReasonTable(reading: Array(Repository.text("schema/reasons.tsv").utf8)).rows
    let sources = Repository.root.appendingPathComponent("Sources/Server")
    let paths = try #require(FileManager.default.enumerator(atPath: sources.path))
    var spelt: Set<String> = []
    for case let path as String in paths where path.hasSuffix(".swift") {
      let text = try Repository.text("Sources/Server/\(path)")
      for match in text.matches(of: #/\.(\w+), reason: "([A-Z_]+)"/#) {
        let code = String(match.2)
        spelt.insert(code)
        let status = rows.first { $0.code == code }?.status ?? "nothing"
        #expect(SwiftNames.member(status.lowercased()) == match.1, "\(path): \(code)")
      }
    }
    let machine = rows.filter { $0.member == nil }.map(\.code)
    #expect(spelt.isSuperset(of: Set(machine).subtracting(["TOO_MANY_CALLS"])))
  }

  @Test("PROTOCOL.md shows frames as they are")
  func protocolPage() throws {
    let page = try Repository.text("schema/PROTOCOL.md")
    let request = requestFrame(1, "bitim.v1.ProgrammeService", "Missing")
    #expect(request.count == 10 + 0x24)
    #expect(page.contains("C> 00 00 00 24  00 00 00 01  01 00   0a 19"))
    let response = ResponseFrame.failure(
      stream: 1, status: Status(.unimplemented, "method Missing"))
    #expect(
      Array(response.prefix(16)) == [0, 0, 0, 0x14, 0, 0, 0, 1, 2, 0, 0x0A, 0x12, 8, 12, 0x12, 14])
    #expect(page.contains("S> 00 00 00 14  00 00 00 01  02 00   0a 12 08 0c 12 0e"))
  }

  @Test("domain and wire know nobody: they import nothing")
  func imports() throws {
    for room in ["Sources/Server/Domain", "Sources/Protocol/Wire", "Sources/Protocol/Crypto"] {
      let folder = Repository.root.appendingPathComponent(room)
      let paths = try #require(FileManager.default.enumerator(atPath: folder.path))
      for case let path as String in paths where path.hasSuffix(".swift") {
        let text = try Repository.text("\(room)/\(path)")
        #expect(!text.contains(#/(?m)^(public |package )?import /#), "\(room)/\(path)")
      }
    }
  }
}
