import Testing

@testable import bitim_generate

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

  private static func registry(_ lines: String...) -> String {
    (["syntax = \"proto3\";", "package bitim.v1;", "message A {}"] + lines)
      .joined(separator: "\n")
  }

  private static let roles = "enum Role { ROLE_NONE = 0; ROLE_REGISTRAR = 1; ROLE_TRAINER = 2; }"

  private static func asking(_ option: String) -> String {
    Self.registry(Self.roles, "service S { rpc Go(A) returns (A) {", option, "} }")
  }

  private func audiences(_ source: String) throws -> String {
    let file = try Parser.file(path: "x.proto", source: Array(source.utf8))
    return try AudienceRenderer(schema: Schema(linking: [file])).render()
  }

  @Test(
    "refuses a call of the registry that says no audience, or one that can't be",
    arguments: [
      Refused(
        source: registry(roles, "service S {", "  rpc Go(A) returns (A);", "}"),
        problem: "x.proto:6:3: call Go must say one (bitim.options.v1.audience)"),
      Refused(
        source: asking("option (bitim.options.v1.audience) = \"registrar dean\";"),
        problem: "x.proto:6:8: 'dean' is no word of Role"),
      Refused(
        source: asking("option (bitim.options.v1.audience) = \"registrar anyone\";"),
        problem: "x.proto:6:8: 'anyone' is no word of Role"),
      Refused(
        source: asking("option (bitim.options.v1.audience) = \"\";"),
        problem: "x.proto:6:8: '' is no word of Role"),
      Refused(
        source: asking("option (bitim.options.v1.audience) = \"trainer trainer\";"),
        problem: "x.proto:6:8: a role is named twice"),
      Refused(
        source: asking("option (bitim.options.v1.audience) = \"trainer\";")
          .replacing("package bitim.v1", with: "package other.v1"),
        problem: "x.proto:6:8: only calls of bitim.v1 have an audience"),
    ])
  func audienceRefused(_ refused: Refused) {
    let fault = #expect(throws: SchemaFault.self) { try self.audiences(refused.source) }
    #expect(fault?.description == refused.problem)
  }

  @Test(
    "writes an audience as the schema says it",
    arguments: [
      ("anyone", ".anyone"), ("any_token", ".anyToken"),
      ("trainer registrar", ".roles([.registrar, .trainer])"),
    ])
  func audience(_ words: String, _ written: String) throws {
    let text = try self.audiences(
      Self.asking("option (bitim.options.v1.audience) = \"\(words)\";"))
    #expect(text.contains("  \"bitim.v1.S/Go\": \(written),\n"))
  }

  private func words(_ source: String) throws -> String {
    let file = try Parser.file(path: "x.proto", source: Array(source.utf8))
    return try WordsRenderer(schema: Schema(linking: [file])).render()
  }

  @Test("writes the words of an enum with their numbers, gaps and all, and of no other enum")
  func words() throws {
    let text = try self.words(
      Self.registry(
        "enum Other { OTHER_NONE = 0; OTHER_SOME = 1; }",
        "// How a class is held.",
        "enum CourseForm {",
        "  option (bitim.options.v1.words) = true;",
        "  COURSE_FORM_UNSPECIFIED = 0;",
        "  // In a room.",
        "  COURSE_FORM_IN_PERSON = 1;",
        "  // Not at all.",
        "  COURSE_FORM_DEFAULT = 4;",
        "}"))
    #expect(
      text == """
        // Generated by bitim-generate from schema/bitim/v1/*.proto. Edits are lost.
        // swift-format-ignore-file

        /// How a class is held.
        package enum CourseForm: String, Noun {
          /// In a room.
          case inPerson = "in_person"
          /// Not at all.
          case `default`

          /// The word with this number in the schema; nil for 0 and numbers of later versions.
          @inlinable package init?(number: Int32) {
            switch number {
            case 1: self = .inPerson
            case 4: self = .`default`
            default: return nil
            }
          }

          /// The word's number in the schema.
          @inlinable package var number: Int32 {
            switch self {
            case .inPerson: 1
            case .`default`: 4
            }
          }
        }

        """)
  }

  @Test("refuses words that are not called as their enum is, or stand in a message")
  func wordsRefused() {
    let stray = #expect(throws: SchemaFault.self) {
      try self.words(
        Self.registry(
          "enum Seat { option (bitim.options.v1.words) = true; SEAT_NONE = 0;", "CHAIR = 1; }"))
    }
    #expect(stray?.description == "x.proto:5:1: 'CHAIR' must begin with SEAT_")
    let nested = #expect(throws: SchemaFault.self) {
      try self.words(
        Self.registry(
          "message B { enum Seat {", "option (bitim.options.v1.words) = true; SEAT_NONE = 0; } }"))
    }
    #expect(nested?.description == "x.proto:5:8: an enum of words stands in no message")
  }

  private static let columns = "code\tcase\tstatus\tjournaled\tservices\tmeaning\n"

  @Test("writes reasons, what the journal keeps of them, findings and statuses")
  func reasons() throws {
    let table = try ReasonTable(
      reading: Array(
        (Self.columns + "NOT_A_DATE\tnotADate\tINVALID_ARGUMENT\tno\tyes\tnot a date\n"
          + "DRAINING\t-\tUNAVAILABLE\tno\tno\tthe server is stopping\n"
          + "HOURS_SHORT\thoursShort\tFAILED_PRECONDITION\tyes\tno\thours are short\n").utf8))
    #expect(
      ReasonRenderer(table).reasons() == """
        // Generated by bitim-generate from schema/reasons.tsv. Edits are lost.
        // swift-format-ignore-file

        /// Why the business says no.
        package enum Reason: String, CaseIterable, Sendable {
          /// not a date
          case notADate = "NOT_A_DATE"
          /// hours are short
          case hoursShort = "HOURS_SHORT"

          /// Whether the journal must know that somebody tried: separation of duties,
          /// entitlement, hours and numbers.
          package var isJournaled: Bool {
            switch self {
            case .notADate: false
            case .hoursShort: true
            }
          }

          /// What is found before any rule is asked: it is not there, not for this caller, or
          /// can't be read.
          package enum Finding: CaseIterable, Sendable {
            /// not a date
            case notADate

            /// The reason that is told.
            package var reason: Reason {
              switch self {
              case .notADate: .notADate
              }
            }
          }
        }

        """)
    #expect(
      ReasonRenderer(table).codes() == """
        // Generated by bitim-generate from schema/reasons.tsv. Edits are lost.
        // swift-format-ignore-file

        import BitimDomain
        import BitimProtocol

        extension Reason {
          /// What a program does next on this reason.
          var code: Status.Code {
            switch self {
            case .notADate: .invalidArgument
            case .hoursShort: .failedPrecondition
            }
          }
        }

        """)
  }

  @Test(
    "refuses by line what no reason can be",
    arguments: [
      Refused(
        source: "code\tcase\n",
        problem: "reasons.tsv:1:1: "
          + "the columns must be code, case, status, journaled, services, meaning"),
      Refused(source: columns + "A", problem: "reasons.tsv:1:1: the last line is not ended"),
      Refused(
        source: columns + "A\ta\tABORTED\tno\tno\n",
        problem: "reasons.tsv:2:1: a row has 6 columns, none of them empty"),
      Refused(
        source: columns + "A\ta\tABORTED\tno\tno\t\n",
        problem: "reasons.tsv:2:1: a row has 6 columns, none of them empty"),
      Refused(
        source: columns + "A\ta\tOK\tno\tno\twhy\n",
        problem: "reasons.tsv:2:1: 'OK' is no status"),
      Refused(
        source: columns + "A\ta\tABORTED\tmaybe\tno\twhy\n",
        problem: "reasons.tsv:2:1: 'maybe' is neither yes nor no"),
      Refused(
        source: columns + "A\t-\tABORTED\tno\tyes\twhy\n",
        problem: "reasons.tsv:2:1: what has no case is neither journaled nor said by services"),
      Refused(
        source: columns + "A\ta\tABORTED\tno\tno\twhy\nA\tb\tABORTED\tno\tno\twhy\n",
        problem: "reasons.tsv:3:1: A or its case stands twice"),
      Refused(
        source: columns + "A\ta\tABORTED\tno\tno\twhy\nB\ta\tABORTED\tno\tno\twhy\n",
        problem: "reasons.tsv:3:1: B or its case stands twice"),
    ])
  func reasonRefused(_ refused: Refused) {
    let fault = #expect(throws: SchemaFault.self) {
      _ = try ReasonTable(reading: Array(refused.source.utf8))
    }
    #expect(fault?.description == refused.problem)
  }

  private static func journal(_ lines: String...) -> String {
    (["syntax = \"proto3\";", "package bitim.journal.v1;", "message A {}"] + lines)
      .joined(separator: "\n")
  }

  private func traits(_ source: String) throws -> String {
    let file = try Parser.file(path: "x.proto", source: Array(source.utf8))
    return try DeedTraitsRenderer(schema: Schema(linking: [file])).render()
  }

  @Test("writes what a deed is called, and what it changes besides")
  func deedTraits() throws {
    let text = try self.traits(
      Self.journal(
        "message Act {", "int64 at = 1;", "oneof deed {",
        "A role_granted = 2 [(bitim.options.v1.changes) = \"authority\"];",
        "A hours_recorded = 3;",
        "A all_ended = 4 [(bitim.options.v1.changes) = \"certificate authority\"];",
        "A approved = 5 [(bitim.options.v1.changes) = \"its_deed\"];", "} }"))
    #expect(
      text == """
        // Generated by bitim-generate from schema/bitim/journal/v1/act.proto. Edits are lost.
        // swift-format-ignore-file

        package import BitimDomain

        extension Deed {
          /// What an entry of the journal calls it; never who or what it is about.
          package var kind: String {
            switch self {
            case .roleGranted: "role_granted"
            case .hoursRecorded: "hours_recorded"
            case .allEnded: "all_ended"
            case .approved: "approved"
            }
          }

          /// Every kind there is.
          package static let kinds: Set<String> = [
            "role_granted",
            "hours_recorded",
            "all_ended",
            "approved",
          ]

          /// Whether it changes who may do what.
          package var changesAuthority: Bool {
            switch self {
            case .roleGranted: true
            case .hoursRecorded: false
            case .allEnded: true
            case .approved(let held): held.deed.changesAuthority
            }
          }

          /// Whether it changes how certificates stand.
          package var changesCertificate: Bool {
            switch self {
            case .roleGranted: false
            case .hoursRecorded: false
            case .allEnded: true
            case .approved(let held): held.deed.changesCertificate
            }
          }
        }

        """)
  }

  @Test(
    "refuses a change that is none, and one of what is no deed",
    arguments: [
      Refused(
        source: journal(
          "message Act { oneof deed {", "A a = 1 [(bitim.options.v1.changes) = \"weather\"]; } }"),
        problem: "x.proto:5:10: 'weather' is nothing that a deed changes"),
      Refused(
        source: journal("message Act {", "A a = 1 [(bitim.options.v1.changes) = \"authority\"]; }"),
        problem: "x.proto:5:10: bitim.journal.v1.Act.a: only a deed changes, and says so once"),
      Refused(
        source: journal(
          "message B { oneof deed {", "A a = 1 [(bitim.options.v1.changes) = \"authority\"]; } }"),
        problem: "x.proto:5:10: bitim.journal.v1.B.a: only a deed changes, and says so once"),
    ])
  func traitsRefused(_ refused: Refused) {
    let fault = #expect(throws: SchemaFault.self) { try self.traits(refused.source) }
    #expect(fault?.description == refused.problem)
  }

  @Test("an option that is a text is one in the descriptor, even if it reads like a number")
  func textOption() throws {
    let source = """
      syntax = "proto3";
      package o;
      import "google/protobuf/descriptor.proto";
      extend google.protobuf.MethodOptions { string audience = 50002; }
      message A {}
      service S { rpc Go(A) returns (A) { option (o.audience) = "1"; } }
      """
    let file = try Parser.file(path: "x.proto", source: Array(source.utf8))
    let schema = try Schema(linking: [file])
    let octets = DescriptorWriter(schema: schema).descriptor(of: schema.files[0])
    // Field 50002, of type LEN; one octet; "1".
    #expect(octets.contains([0x92, 0xB5, 0x18, 0x01, 0x31]))
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

  @Test("keeps one row of a kind that stands, where its key begins with what it is one of")
  func one() throws {
    func tables(_ one: String, _ ended: String) throws -> RegistryTables {
      let source = """
        -- registry 1
        -- fold
        -- one: \(one)
        CREATE TABLE seat (
          room INTEGER NOT NULL, seat TEXT NOT NULL, seq INTEGER NOT NULL\(ended),
          PRIMARY KEY (room, seat, seq)
        ) STRICT, WITHOUT ROWID;
        """
      return try RegistryTables(files: [("a.sql", source)])
    }
    let text = KeptRenderer(tables: try tables("room, seat", ", ended_seq INTEGER")).render()
    #expect(
      text.contains(
        """
          SELECT RAISE(ABORT, 'seat: room and seat are taken')
          FROM seat WHERE room = new.room AND seat = new.seat AND ended_seq IS NULL AND new.ended_seq IS NULL;
        """))
    for (one, ended) in [("seat", ", ended_seq INTEGER"), ("room", "")] {
      let fault = #expect(throws: SchemaFault.self) { try tables(one, ended) }
      #expect(
        fault?.problem
          == "seat: '-- one:' wants ended_seq, and a key that begins with its columns")
    }
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
