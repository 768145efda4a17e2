import BitimTestSupport
import Foundation
import Testing

@Suite("The script that mails notices, as it stands in examples (R-820)")
struct NoticesScriptTests {
  /// Stands for `bitim`: says what it was asked, and answers what a file has.
  private static let bitim = """
    #!/bin/sh
    echo "$@" >>asked
    case " $* " in *" csv "*) cat rows ;; *) cat lines ;; esac
    """

  private static func write(_ text: String, _ name: String, in folder: URL) throws {
    let file = folder.appendingPathComponent(name)
    try text.write(to: file, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: file.path)
  }

  private static func text(_ name: String, in folder: URL) -> String {
    let file = folder.appendingPathComponent(name)
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }

  private static func run(on day: String, by mailer: String, in folder: URL) throws -> Int32 {
    try Program.run(
      URL(fileURLWithPath: "/bin/sh"),
      [
        Repository.root.appendingPathComponent("examples/notices.sh").path, "last",
        "office@school.example", folder.appendingPathComponent(mailer).path,
      ], in: folder,
      environment: ["DAY": day, "BITIM": "./bitim", "BITIM_OPTIONS": "--profile mail"]
    ).status
  }

  @Test("one mail has what was not mailed yet, and the key is kept once the mail was taken")
  func mails() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bn-\(UUID().uuidString.prefix(12))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Self.write(Self.bitim, "bitim", in: folder)
    try Self.write("#!/bin/sh\ncat >>mail\n", "takes", in: folder)
    try Self.write("#!/bin/sh\nexit 75\n", "refuses", in: folder)
    let key = "2026-11-22/agreement/90/7"
    try Self.write("key,kind\r\n\(key),agreement\r\n", "rows", in: folder)
    try Self.write("2027-02-20  «Бітім» келісімі\n", "lines", in: folder)

    #expect(try Self.run(on: "2026-11-22", by: "refuses", in: folder) == 75)
    #expect(Self.text("last", in: folder) == "2026-11-22/certificate/90/0\n")
    #expect(try Self.run(on: "2026-11-22", by: "takes", in: folder) == 0)
    #expect(Self.text("last", in: folder) == key + "\n")
    #expect(
      Self.text("mail", in: folder) == """
        To: office@school.example
        Subject: bitim 2026-11-22
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8

        2027-02-20  «Бітім» келісімі

        """)
    try Self.write("key,kind\r\n", "rows", in: folder)
    try Self.write("", "asked", in: folder)
    #expect(try Self.run(on: "2026-11-23", by: "refuses", in: folder) == 0)
    #expect(Self.text("last", in: folder) == key + "\n")
    #expect(
      Self.text("asked", in: folder)
        == "notices --day 2026-11-23 --after \(key) --profile mail --output csv\n")
  }
}
