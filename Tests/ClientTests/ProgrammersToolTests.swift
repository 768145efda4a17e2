import BitimLab
import BitimListener
import BitimProtocol
import BitimSystem
import BitimTestSupport
import Foundation
import Testing

@Suite("bitim-rpc ends when the call ends", .serialized)
struct ProgrammersToolTests {
  /// A lab, and a run of bitim-rpc whose standard input stays open until the test closes it.
  private final class Bench {
    let folder: URL
    let server: Server
    let address: Address

    init(
      table: CallTable<Void> = LabService.table
    ) throws {
      let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("bt-\(UUID().uuidString.prefix(12))")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      self.folder = folder
      self.address = .unix(path: folder.appendingPathComponent("s").path)
      let started = ContinuousClock.now
      self.server = try Server(
        Server.Layout(addresses: [self.address], loops: 1, workers: 2), table: table,
        clock: Clock(
          monotonicNanoseconds: {
            let (seconds, attoseconds) = started.duration(to: .now).components
            return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
          }, unixMilliseconds: { 0 }), makeContext: { _ in () })
    }

    deinit {
      self.server.stop(within: 5)
      // A temporary folder that stays harms no test.
      try? FileManager.default.removeItem(at: self.folder)
    }

    /// Runs the tool, writes `input` to it, and closes its input only if told.
    func run(
      _ words: [String], input: String = "", closes: Bool = false
    ) throws -> (status: Int32, output: String, errors: String) {
      try Program.run(
        Repository.program("bitim-rpc"), ["--server", self.address.description] + words,
        input: input, closes: closes, bound: 20)
    }
  }

  @Test(
    "a header's name has no case; one without a colon, or with a letter that none has, is refused")
  func headers() throws {
    let bench = try Bench()
    let answer = try bench.run(["call", "lab.v1.Lab/Meta", "-H", "X-Білім: 7", "-d", "{}"])
    #expect(answer.status == 2)
    #expect(
      answer.errors.hasPrefix(
        "bitim-rpc: -H X-Білім: 7: KEY:VALUE, the key of letters, 0-9, _, . and -\n"))
    #expect(try bench.run(["call", "lab.v1.Lab/Meta", "-H", "key", "-d", "{}"]).status == 2)
    let meta = try bench.run([
      "call", "lab.v1.Lab/Meta", "-H", "X-Key: a", "-H", "x-KEY:ә", "-d", "{}",
    ])
    #expect(meta.output == "\"deadline=true;x-key=a,ә;\"\n")
  }

  @Test("a message that can't be read cancels the call, and is named by number and octet")
  func unreadable() throws {
    let bench = try Bench()
    let bad = try bench.run(["call", "lab.v1.Lab/Chat", "-d", "{bad"])
    #expect(bad.status == 2)
    #expect(bad.errors.hasPrefix("bitim-rpc: -d: message 1, from octet 0: "))
    let second = try bench.run(["call", "lab.v1.Lab/Sum", "-d", "@-"], input: "1 2\n  [\n]\n")
    #expect(second.status == 2)
    #expect(second.errors.hasPrefix("bitim-rpc: -d: message 3, from octet 6: "))
  }

  @Test("an open input keeps nobody waiting: neither the last answer nor a deadline nor an end")
  func openInput() throws {
    let bench = try Bench()
    let most = try bench.run(
      ["call", "lab.v1.Lab/Chat", "-d", "@-", "--max-messages", "1"], input: "\"сәлем\"\n")
    #expect(most.status == 0)
    #expect(most.output == "\"echo сәлем\"\n")
    let late = try bench.run(["call", "lab.v1.Lab/Stall", "-d", "@-", "--timeout", "0.3"])
    #expect(late.status == 68)
    let ended = try bench.run(["call", "lab.v1.Lab/Chat", "-d", "@-"], input: "\"bye\"")
    #expect(ended.status == 0)
    #expect(ended.output == "")
    // A refusal ends it too: this server describes a call that it does not have.
    let routes = LabService.routes
    let refusing = try Bench(
      table: CallTable(
        routes.filter { $0.method.name != "Sum" }
          + Reflection.routes(over: routes, pool: LabService.pool)))
    let refused = try refusing.run(["call", "lab.v1.Lab/Sum", "-d", "@-"], input: "1\n")
    #expect(refused.status == 76)
    #expect(refused.errors.hasPrefix("bitim-rpc: UNIMPLEMENTED: "))
  }

  @Test("a call of a server that hangs up on Hello is made without it")
  func hangsUp() throws {
    let bench = try Bench()
    let address = Address.unix(path: bench.folder.appendingPathComponent("rude").path)
    let bare = try BareServer(at: address, hangsUpOnHello: true)
    defer { bare.stop() }
    let text = ".google.protobuf.StringValue"
    let echo = self.field(1, "Echo") + self.field(2, text) + self.field(3, text)
    let file =
      self.field(1, "e.proto") + self.field(2, "lab.v1")
      + self.field(6, self.field(1, "Lab") + self.field(2, echo))
    let set = bench.folder.appendingPathComponent("set").path
    try Data(self.field(1, file)).write(to: URL(fileURLWithPath: set))
    let answer = try Program.run(
      Repository.program("bitim-rpc"),
      [
        "--server", address.description, "call", "lab.v1.Lab/Echo", "--descriptors", set, "-d",
        #""Өңір""#,
      ], bound: 20)
    #expect(answer.errors == "")
    #expect(answer.output == "\"Өңір\"\n")
    #expect(answer.status == 0)
  }

  @Test("describe --proto-out writes what a server describes, below its folder and over nothing")
  func protoOut() throws {
    let bench = try Bench()
    let folder = bench.folder.appendingPathComponent("out").path
    let words = ["describe", "bitim.options.v1.kind", "--proto-out", folder]
    let written = try bench.run(words)
    #expect(written.errors == "")
    #expect(written.output == "bitim/options/v1/options.proto\n")
    let text = try String(
      contentsOfFile: folder + "/bitim/options/v1/options.proto", encoding: .utf8)
    #expect(
      text == """
        syntax = "proto3";

        package bitim.options.v1;

        import "google/protobuf/descriptor.proto";

        option java_package = "bitim.options.v1";
        option java_multiple_files = true;
        option go_package = "bitim/options/v1;optionsv1";
        option csharp_namespace = "Bitim.Options.V1";

        // How the server runs a call.
        enum Kind {
          // Not said: a read.
          KIND_UNSPECIFIED = 0;
          // Answers from a snapshot of the registry; bounded by one key or one page.
          KIND_READ = 1;
          // Changes the registry; needs an idempotency key and is done at most once for each.
          KIND_WRITE = 2;
          // Runs beside the event loops, for as long as caller and deadline allow.
          KIND_STREAM = 3;
        }

        extend .google.protobuf.EnumOptions {
          // Whether its values are words of the School's own: the domain has the same list, and tables hold
          // the words. Every value is named after the enum; the one that is 0 says nothing.
          bool words = 50001;
        }

        extend .google.protobuf.FieldOptions {
          // What an act with this deed changes besides, in words with a space between: "authority", who may do
          // what; "certificate", how certificates stand; "its_deed", what the deed that it holds changes. Said
          // of deeds of bitim.journal.v1.Act alone.
          string changes = 50001;
        }

        extend .google.protobuf.MethodOptions {
          // How the server runs this call.
          .bitim.options.v1.Kind kind = 50001;
        }

        extend .google.protobuf.MethodOptions {
          // Who may make this call: "anyone", with a token or without; "any_token", one in force; or the words
          // of roles with a space between, one of which the caller needs.
          string audience = 50002;
        }

        """)
    let shown = try bench.run(["describe", "bitim.rpc.v1.Connection/Describe"])
    #expect(
      shown.output == """
        // Gives the descriptors of everything that the server serves, for programs that have no schema.
        rpc Describe(bitim.rpc.v1.DescribeRequest) returns (bitim.rpc.v1.DescribeResponse) {
          option (bitim.options.v1.kind) = KIND_READ;
        }

        """)
    let again = try bench.run(words)
    #expect(again.status == 2)
    #expect(again.errors.hasSuffix("options.proto: can't be written, or is there already\n"))
    // A schema whose file would stand elsewhere.
    let file = self.field(1, "../t.proto") + self.field(2, "lab.v1")
    let set = bench.folder.appendingPathComponent("set").path
    try Data(self.field(1, file)).write(to: URL(fileURLWithPath: set))
    let outside = try bench.run(["describe", "--descriptors", set, "--proto-out", folder])
    #expect(outside.status == 2)
    #expect(
      outside.errors
        == "bitim-rpc: ../t.proto: is no path below a folder; nothing is written\n")
  }

  @Test("a file that can't be read is named with the reason, whatever it was for")
  func noSuchFile() throws {
    let bench = try Bench()
    let folder = bench.folder.path
    for (file, why) in [
      ("\(folder)/жоқ", "there is no such file"),
      (folder, "it is a folder, or this user may not read it"),
    ] {
      for words in [
        ["list", "--token-file", file], ["list", "--descriptors", file],
        ["call", "lab.v1.Lab/Echo", "-d", "@\(file)"],
      ] {
        let told = try bench.run(words)
        #expect(told.status == 2)
        #expect(told.errors == "bitim-rpc: \(file): can't be read: \(why)\n")
      }
    }
  }

  @Test("a server without Describe is asked by standard reflection, one with neither is named")
  func reflection() throws {
    let described = BitimRpcV1.Connection.describe.descriptor
    let routes = LabService.routes
    let reflecting = try Bench(
      table: CallTable(
        routes
          + Reflection.routes(over: routes, pool: LabService.pool).filter { $0.method != described }
      ))
    let list = try reflecting.run(["list"])
    #expect(
      list.output == "bitim.rpc.v1.Connection\ngrpc.reflection.v1.ServerReflection\nlab.v1.Lab\n")
    #expect(list.errors == "")
    #expect(try reflecting.run(["call", "lab.v1.Lab/Echo", "-d", #""ұ""#]).output == "\"ұ\"\n")
    let silent = try Bench(table: CallTable(routes)).run(["list"])
    #expect(silent.status == 2)
    #expect(silent.errors.hasPrefix("bitim-rpc: the server does not describe itself; give --desc"))
  }

  /// A field of a message of protobuf: text or a message.
  private func field(_ number: UInt8, _ octets: [UInt8]) -> [UInt8] {
    [number << 3 | 2, UInt8(octets.count)] + octets
  }

  private func field(_ number: UInt8, _ text: String) -> [UInt8] {
    self.field(number, Array(text.utf8))
  }

  @Test("an answer that can't be printed is INTERNAL, and its field is named")
  func unprintable() throws {
    let bench = try Bench()
    // A schema in which Echo answers rows, each with an instant.
    let rows =
      self.field(1, "rows") + [0x18, 1, 0x20, 3, 0x28, 11] + self.field(6, ".lab.v1.Inner")
    let at =
      self.field(1, "at") + [0x18, 1, 0x20, 1, 0x28, 11]
      + self.field(6, ".google.protobuf.Timestamp")
    let echo =
      self.field(1, "Echo") + self.field(2, ".google.protobuf.StringValue")
      + self.field(3, ".lab.v1.Outer")
    let file =
      self.field(1, "t.proto") + self.field(2, "lab.v1")
      + self.field(4, self.field(1, "Outer") + self.field(2, rows))
      + self.field(4, self.field(1, "Inner") + self.field(2, at))
      + self.field(6, self.field(1, "Lab") + self.field(2, echo))
    let set = bench.folder.appendingPathComponent("set").path
    try Data([0x0A, UInt8(file.count & 0x7F) | 0x80, UInt8(file.count >> 7)] + file)
      .write(to: URL(fileURLWithPath: set))
    // As a text what is, in that schema, an instant of the year 141,000: seconds 2^42 and some.
    let request = #""\n\b\b\u0080\u0080\u0080\u0001""#
    let call = ["call", "lab.v1.Lab/Echo", "--descriptors", set, "-d", request]
    let told = try bench.run(call)
    #expect(told.status == 77)
    #expect(
      told.errors
        == "bitim-rpc: INTERNAL: no answer to this call: rows.at: JSON can't say what it holds\n")
    #expect(told.output == "")
  }

  @Test("what a server says moves no terminal: control characters are shown")
  func control() throws {
    let bench = try Bench()
    let failed = try bench.run(
      ["call", "lab.v1.Lab/Fail", "-d", #""9:Ә\u001b[2J\u202eb\u0085""#])
    #expect(failed.status == 73)
    #expect(
      failed.errors
        == #"bitim-rpc: FAILED_PRECONDITION: Ә\u{1b}[2J\u{202e}b\u{85}"# + "\n"
        + #"  {"@type":"type.googleapis.com/google.protobuf.StringValue","#
        + #""value":"detail of Ә\u001b[2J\u202eb\u0085"}"# + "\n")
    let echoed = try bench.run(
      ["call", "lab.v1.Lab/Echo", "-d", #""ә\u001b\u202e\u00ad\udb40\udc41""#])
    #expect(echoed.output == #""ә\u001b\u202e\u00ad\udb40\udc41""# + "\n")
    #expect(echoed.status == 0)
  }

  @Test("a word of the command line, and a token, that is not UTF-8 is refused, not mended")
  func notUTF8() throws {
    let bench = try Bench()
    let tool = Repository.program("bitim-rpc").path
    let word = try Program.run(
      URL(fileURLWithPath: "/bin/sh"),
      [
        "-c", #"exec "$0" call lab.v1.Lab/Echo --server "$1" -d "\"$(printf '\377')\"""#, tool,
        bench.address.description,
      ], input: "", closes: true, bound: 20)
    #expect(word.status == 2)
    #expect(word.errors.hasPrefix("bitim-rpc: word 6 of the command line is not UTF-8\n"))
    let token = bench.folder.appendingPathComponent("token").path
    try Data([0x62, 0xFF, 0x0A]).write(to: URL(fileURLWithPath: token))
    let shown = try bench.run(["call", "lab.v1.Lab/Nothing", "--token-file", token])
    #expect(shown.status == 2)
    #expect(shown.errors == "bitim-rpc: \(token): is not UTF-8\n")
  }

  @Test("documents stand on any lines, several of them or several on one")
  func lines() throws {
    let bench = try Bench()
    let health = try bench.run(
      ["call", "grpc.health.v1.Health/Check", "-d", "@-"], input: "{\n  \"service\":\n\"\"\n}\n",
      closes: true)
    #expect(health.status == 0)
    #expect(health.output == "{\"status\":\"SERVING\"}\n")
    let sum = try bench.run(
      ["call", "lab.v1.Lab/Sum", "-d", "@-"], input: "1 \"2\"\"3\"\n\n\t4", closes: true)
    #expect(sum.status == 0)
    #expect(sum.output == "\"10\"\n")
  }
}
