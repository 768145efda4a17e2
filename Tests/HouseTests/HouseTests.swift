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
  @Test("generated code is what the generator makes of schema/ now")
  func drift() throws {
    let generator = Generator(sources: try SchemaFiles.read(below: Repository.root))
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

  @Test("the words of the tables are those of the schema, in its order")
  func nouns() throws {
    let enums = try SchemaFiles.read(below: Repository.root)
      .filter { $0.key.hasPrefix("bitim/v1/") }
      .flatMap { try Parser.file(path: $0.key, source: $0.value).enums }
    func words(_ name: String) -> [String] {
      guard let found = enums.first(where: { $0.name == name }) else { return [] }
      let prefix = SwiftNames.screamingSnake(name) + "_"
      return found.values.filter { $0.number != 0 }.map {
        $0.name.dropFirst(prefix.count).lowercased()
      }
    }
    func expect<Word: Noun>(_ name: String, _ type: Word.Type) {
      #expect(words(name) == Word.allCases.map(\.rawValue), "\(name)")
    }
    expect("Language", Language.self)
    expect("Education", Education.self)
    expect("IdentifierKind", IdentifierKind.self)
    expect("BarKind", BarKind.self)
    expect("OrganisationKind", OrganisationKind.self)
    expect("Activity", Activity.self)
    expect("CourseForm", CourseForm.self)
    expect("Basis", Basis.self)
    expect("Component", Component.self)
    expect("Seat", Seat.self)
    expect("ResultOutcome", ResultOutcome.self)
    expect("CertificateKind", CertificateKind.self)
    expect("RevocationReason", RevocationReason.self)
    expect("Standing", Standing.self)
    expect("Role", Role.self)
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
        "Protocol/Sockets/Address.swift", "Protocol/Sockets/Descriptor.swift",
        "Protocol/Sockets/Endpoint.swift", "Protocol/Sockets/FileSystem.swift",
        "Protocol/Sockets/Helper.swift", "Protocol/Sockets/Poller.swift",
        "Protocol/Sockets/Thread.swift", "Protocol/Sockets/TracedMutex.swift",
        "Server/Daemon/Bridge.swift",
        "Server/Daemon/Offline.swift",
        "Server/Daemon/Restore.swift", "Server/Daemon/Serve.swift", "Server/Daemon/System.swift",
        "Server/Listener/Output.swift", "Server/Listener/Server.swift",
        "Server/Listener/Switchboard.swift", "Server/Listener/TaskThreads.swift",
        "Server/Listener/Workers.swift",
        "Server/Store/Database.swift", "Server/Store/Ledger.swift",
      ])
  }

  @Test("PROTOCOL.md lists every reason, and shows frames as they are")
  func protocolPage() throws {
    let page = try Repository.text("schema/PROTOCOL.md")
    for reason in Reason.allCases {
      #expect(page.contains("| `\(reason.rawValue)` |"), "\(reason.rawValue)")
    }
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

@Suite("The generator")
struct GeneratorTests {
  private func fault(_ source: String) throws -> SchemaFault? {
    do {
      _ = try Schema(linking: [Parser.file(path: "x.proto", source: Array(source.utf8))])
      return nil
    } catch let fault as SchemaFault {
      return fault
    }
  }

  struct Refused: CustomTestStringConvertible {
    let source: String
    let problem: String
    var testDescription: String { self.problem }
  }

  @Test(
    "refuses by line and column what it does not read",
    arguments: [
      Refused(source: "syntax = \"proto2\";", problem: "x.proto:1:10: only proto3 is read here"),
      Refused(
        source: "syntax = \"proto3\";\nmessage A { group B = 1 {} }",
        problem: "x.proto:2:13: proto3 has no 'group'"),
      Refused(
        source: "syntax = \"proto3\";\nmessage A { int32 a = 0; }",
        problem: "x.proto:2:24: 0 can't be the number of a field"),
      Refused(
        source: "syntax = \"proto3\";\nmessage A { int32 a = 19000; }",
        problem: "x.proto:2:28: 19000 can't be the number of a field"),
      Refused(
        source: "syntax = \"proto3\";\nenum E { A = 1; }",
        problem: "x.proto:2:18: the first value of enum E must be 0"),
      Refused(
        source: "syntax = \"proto3\";\nmessage A { B b = 1; }",
        problem: "x.proto:1:1: no type is called B"),
      Refused(
        source: "syntax = \"proto3\";\nmessage A { int32 a = 1; int32 b = 1; }",
        problem: "x.proto:1:1: A.b: its number is used twice, or it is reserved"),
      Refused(
        source: "syntax = \"proto3\";\nmessage A { reserved 1; int32 a = 1; }",
        problem: "x.proto:1:1: A.a: its number is used twice, or it is reserved"),
      Refused(
        source: "syntax = \"proto3\";\nmessage A { map<double, int32> a = 1; }",
        problem: "x.proto:2:23: 'double' can't be the key of a map"),
      Refused(
        source: "syntax = \"proto3\";\nmessage A { string a = 1",
        problem: "x.proto:2:25: ';' expected, '' found"),
    ])
  func refused(_ refused: Refused) throws {
    #expect(try self.fault(refused.source)?.description == refused.problem)
  }

  @Test("makes of a table the triggers that keep its rows")
  func kept() throws {
    let source = """
      -- registry 1
      -- Where a lamp stands.
      -- fold
      -- kept: note
      CREATE TABLE lamp (
        id INTEGER PRIMARY KEY,
        room INTEGER REFERENCES room (id),  -- null: nowhere, or (no matter, here) anywhere
        kind TEXT NOT NULL CHECK (kind IN ('oil', 'gas')),
        ended_seq INTEGER, ended_how TEXT,
        note TEXT,
        UNIQUE (room, kind)
      ) STRICT;
      CREATE UNIQUE INDEX lamp_standing ON lamp (room)
        WHERE kind = 'room' AND ended_seq IS NULL;

      -- operation
      -- kept: by hand
      CREATE TABLE note (
        text TEXT PRIMARY KEY
      ) STRICT;
      """
    let tables = try RegistryTables(files: [("a.sql", source)])
    #expect(tables.tables.map(\.name) == ["lamp", "note"])
    #expect(tables.tables.map(\.kind) == [.fold, .operation])
    let text = KeptRenderer(tables: tables).render()
    #expect(
      text.hasSuffix(
        """

        CREATE TRIGGER lamp_stays_i BEFORE INSERT ON lamp
        BEGIN
          SELECT RAISE(ABORT, 'lamp: begins ended') WHERE new.ended_seq IS NOT NULL OR new.ended_how IS NOT NULL;
          SELECT RAISE(ABORT, 'lamp: the key is there already')
          FROM lamp WHERE id = new.id;
          SELECT RAISE(ABORT, 'lamp: room and kind are taken')
          FROM lamp WHERE room = new.room AND kind = new.kind;
          SELECT RAISE(ABORT, 'lamp: room is taken')
          FROM lamp WHERE room = new.room AND kind = 'room' AND ended_seq IS NULL AND new.kind = 'room' AND new.ended_seq IS NULL;
          SELECT RAISE(ABORT, 'lamp: refers to what is not there')
          WHERE (new.room IS NOT NULL AND NOT EXISTS (SELECT 1 FROM room WHERE id = new.room));
        END;
        CREATE TRIGGER lamp_stays_u BEFORE UPDATE ON lamp
        WHEN new.id IS NOT old.id
          OR new.room IS NOT old.room
          OR new.kind IS NOT old.kind
          OR (new.ended_seq IS NOT old.ended_seq AND (old.ended_seq IS NOT NULL OR new.ended_seq IS NULL))
          OR (new.ended_how IS NOT old.ended_how AND (old.ended_seq IS NOT NULL OR new.ended_seq IS NULL))
        BEGIN SELECT RAISE(ABORT, 'lamp: may be ended once, and else only note changes'); END;
        CREATE TRIGGER lamp_stays_d BEFORE DELETE ON lamp
        BEGIN SELECT RAISE(ABORT, 'lamp: rows are never deleted'); END;

        """))
    let nameless = "-- registry 1\nCREATE TABLE lamp (\n  id INTEGER PRIMARY KEY\n) STRICT;"
    let fault = #expect(throws: SchemaFault.self) {
      try RegistryTables(files: [("a.sql", nameless)])
    }
    #expect(
      fault?.description == "a.sql:2:1: lamp: a line above must say what it is: "
        + "-- fold, -- reference, -- journal, -- operation")
  }

  @Test("keeps names clear of Swift's own words")
  func names() {
    #expect(SwiftNames.member("birth_date") == "birthDate")
    #expect(SwiftNames.member("default") == "`default`")
    #expect(SwiftNames.member("unknown_fields") == "unknownFieldsField")
    #expect(SwiftNames.value("SEAT_CHAIR", of: "Seat") == "chair")
    #expect(SwiftNames.value("CODE_2FA", of: "Code") == "_2fa")
    #expect(
      SwiftNames.type("google.protobuf.Any", package: "google.protobuf")
        == "GoogleProtobuf.AnyMessage")
  }
}
