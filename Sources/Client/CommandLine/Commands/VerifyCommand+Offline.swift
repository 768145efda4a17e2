import BitimProtocol
import BitimTrust
import Foundation

/// `bitim verify --offline`: what a bundle shows of a certificate, with no server and no profile.
extension VerifyCommand {
  /// How many days old a standing may be that makes a certificate valid: as many as on the published page.
  private static let maxAge: Int64 = 30

  /// Whether a command line is of files, and of no server.
  static func isOffline(_ words: [String]) -> Bool { words.contains("--offline") }

  static func offline(_ words: [String], _ output: Output) throws -> Desk.End {
    let arguments = try Arguments(
      words, options: ["trust", "max-age", "status"], switches: ["offline"])
    _ = try arguments.position(0, "FILE")
    let trust = try arguments.required("trust")
    guard let keys = KeyFile(try AuditCommand.octets(trust)), !keys.keys.isEmpty else {
      throw Arguments.Fault(text: .auditNoKeys, arguments: ["file": trust])
    }
    let days = arguments["max-age"] ?? "\(Self.maxAge)"
    guard let maxAge = Int64(days), 0...36_500 ~= maxAge, String(maxAge) == days else {
      throw Arguments.Fault(
        text: .usageValueNotInList,
        arguments: ["option": "--max-age", "value": days, "list": "0 … 36500"])
    }
    let reader = OfflineReader(
      keys: keys, trust: trust, maxAge: maxAge, status: arguments["status"], output)
    let read = arguments.positions.map(reader.read)
    switch output.form {
    case .json: for one in read { output.object(one) }
    case .csv: output.rows(OfflineReader.columns, read.map(\.row))
    case .table: for (index, one) in read.enumerated() { reader.show(one, isFirst: index == 0) }
    }
    let ends = Set(read.map(\.end))
    return [.notValid, .unknown, .usage].first(where: ends.contains) ?? .done
  }
}

/// Reads bundles and credentials, and says what each shows.
struct OfflineReader {
  /// A file, and what it shows; in JSON each is an object.
  struct Read: Encodable {
    struct Check: Encodable {
      let check: String
      let verdict: String
      let note: String
    }

    let file: String
    /// A word for programs; empty where the file is no bundle.
    var verdict = ""
    var number = ""
    var standing = ""
    var asOf = ""
    var holder = ""
    var holderLatin = ""
    var subject = ""
    var issued = ""
    var validUntil = ""
    var checks: [Check] = []
    /// The verdict in words, or why the file is no bundle.
    var note = ""
    /// The check by which the verdict is no better, or why there is none.
    var reason = ""
    var end: Desk.End = .usage

    private enum CodingKeys: String, CodingKey {
      case file, verdict, number, standing, asOf, holder, holderLatin, subject, issued, validUntil
      case checks, note, reason
    }

    /// As CSV has it.
    var row: [String] {
      [
        self.file, self.verdict, self.number, self.standing, self.asOf, self.holder,
        self.holderLatin, self.subject, self.issued, self.validUntil,
        self.reason,
      ]
    }
  }

  static let columns: [Column] = [
    .file, .verdict, .number, .standing, .asOf, .holder, .holderLatin, .title, .issued,
    .validUntil, .note,
  ]

  let keys: KeyFile
  let trust: String
  let maxAge: Int64
  /// The folder of status lists; nil where none is named.
  let status: String?
  let output: Output

  init(keys: KeyFile, trust: String, maxAge: Int64, status: String?, _ output: Output) {
    self.keys = keys
    self.trust = trust
    self.maxAge = maxAge
    self.status = status
    self.output = output
  }

  /// What a file shows now.
  func read(_ file: String) -> Read {
    var read = Read(file: file)
    let bundle: CertificateBundle
    do {
      let octets = try AuditCommand.octets(file)
      if Self.isJSON(octets) { return self.read(credential: octets, in: file) }
      bundle = try CertificateBundle(octets)
    } catch let fault as CertificateBundle.Fault {
      read.note =
        switch fault {
        case .tooLong, .notBundle: self.output.say(.bundleNone, ["file": file])
        case .badLine(let line):
          self.output.say(.bundleBadLine, ["file": file, "line": "\(line)"])
        }
      read.reason = read.note
      return read
    } catch {
      read.note = self.output.say(.fileUnreadable, ["file": file])
      read.reason = read.note
      return read
    }
    let now = Date()
    let verdict = BundleVerdict(
      bundle, by: self.keys.keys, butNot: self.keys.disbelieved,
      atMs: Int64(now.timeIntervalSince1970 * 1_000), today: Self.day(now),
      maxAge: self.maxAge)
    read.checks = verdict.findings.map { check, finding in
      Read.Check(
        check: check.rawValue,
        verdict: finding.holds.map { $0 ? "holds" : "fails" } ?? "unknown",
        note: self.sentence(check, finding, bundle))
    }
    self.answer(verdict.answer, in: &read)
    let decides = verdict.answer == .notValid ? "fails" : "unknown"
    read.reason = read.checks.first { $0.verdict == decides }?.note ?? ""
    read.note = [read.note, read.reason].filter { !$0.isEmpty }.joined(separator: ": ")
    // What nobody whom the reader trusts has signed is not shown as if it were said of anybody.
    guard verdict.findings[0].finding.holds == true else { return read }
    read.number = bundle.certificate.number
    read.holder = bundle.certificate.holder
    read.holderLatin = bundle.certificate.holderLatin ?? ""
    read.subject = self.subject(bundle.certificate)
    read.issued = bundle.certificate.issuedOn
    read.validUntil = bundle.certificate.validUntil ?? ""
    guard case .stands(let standing)? = verdict.findings.last?.finding else { return read }
    read.standing = Self.word(standing)
    read.asOf = Desk.instant(.init(unixMilliseconds: bundle.standing.atMs))
    return read
  }

  /// Says an answer in a word, for people and for programs.
  func answer(_ answer: BundleVerdict.Answer, in read: inout Read) {
    let word: Text
    switch answer {
    case .valid: (read.end, read.verdict, word) = (.done, "Valid", .verifyValid)
    case .notValid: (read.end, read.verdict, word) = (.notValid, "NotValid", .verifyNotValid)
    case .unknown: (read.end, read.verdict, word) = (.unknown, "Unknown", .bundleUnknown)
    }
    read.note = self.output.say(word)
  }

  /// Shows a file to people.
  func show(_ read: Read, isFirst: Bool) {
    if read.end == .usage { return Output.complain("bitim: " + read.note) }
    let colour: Screen.Colour =
      switch read.end {
      case .done: Screen.Colour.good
      case .notValid: .bad
      case .refused, .usage, .unknown, .unreachable, .failed, .waiting: .unknown
      }
    Output.write((isFirst ? "" : "\n") + self.output.coloured(read.note, colour) + "\n")
    if !read.asOf.isEmpty {
      Output.write(self.output.say(.verifyAsOf, ["instant": read.asOf]) + "\n")
    }
    self.output.list([
      (.file, read.file), (.number, read.number), (.holder, read.holder),
      (.holderLatin, read.holderLatin), (.title, read.subject), (.issued, read.issued),
      (.validUntil, read.validUntil),
    ])
    self.output.rows(
      [.check, .verdict, .note], read.checks.map { [$0.check, $0.verdict, $0.note] })
    if !read.number.isEmpty { self.output.note(.verifyCompare) }
  }

  /// What a certificate attests, in words.
  private func subject(_ certificate: CertificateNote) -> String {
    let words =
      switch certificate.subject {
      case .school: self.output.say(.bundleSchool)
      case .programme(let number):
        self.output.say(.bundleProgramme, ["number": "\(number)"])
      case .adopted(let number): self.output.say(.bundleAdopted, ["number": "\(number)"])
      case .attendance: self.output.say(.bundleAttendance)
      }
    return [words, certificate.specialisation].compactMap { $0 }.joined(separator: ", ")
  }

  /// A standing as programs read it.
  private static func word(_ standing: StandingNote.Standing) -> String {
    switch standing {
    case .valid: "Valid"
    case .notYetValid: "NotYetValid"
    case .expired: "Expired"
    case .ended(let event): event.kind.rawValue.capitalized
    }
  }

  private func sentence(
    _ check: BundleVerdict.Check, _ finding: BundleVerdict.Finding, _ bundle: CertificateBundle
  ) -> String {
    switch finding {
    case .signed(let name):
      let text: Text =
        switch check {
        case .certificate: .bundleCertificate
        case .standing: .bundleStanding
        case .checkpoint, .acts, .age, .state: .bundleCheckpoint
        }
      return self.output.say(text, ["name": name, "acts": "\(bundle.standing.size)"])
    case .unsigned: return self.output.say(.bundleUnsigned, ["trust": self.trust])
    case .forged(let name): return self.output.say(.bundleForged, ["name": name])
    case .differs: return self.output.say(.bundleDiffers)
    case .proven(let acts): return self.output.say(.bundleActs, ["acts": "\(acts)"])
    case .notProven(let act): return self.output.say(.bundleNoAct, ["act": "\(act)"])
    case .fresh(let days):
      return self.output.say(.bundleFresh, ["days": "\(days)", "most": "\(self.maxAge)"])
    case .old(let days):
      return self.output.say(.bundleOld, ["days": "\(days)", "most": "\(self.maxAge)"])
    case .future:
      let instant = Desk.instant(.init(unixMilliseconds: bundle.standing.atMs))
      return self.output.say(.bundleFuture, ["instant": instant])
    case .stands(let standing): return self.words(standing)
    case .notLookedAt: return self.output.say(.bundleNotLookedAt)
    }
  }

  private func words(_ standing: StandingNote.Standing) -> String {
    switch standing {
    case .valid: return self.output.say(.standingValid)
    case .notYetValid: return self.output.say(.standingNotYetValid)
    case .expired: return self.output.say(.standingExpired)
    case .ended(let event):
      switch event.kind {
      case .suspended:
        return event.until.map {
          self.output.say(
            .standingSuspended, sent: ["since": event.from, "until": $0, "ground": ""])
        } ?? self.output.say(.standingSuspendedOpen, sent: ["since": event.from, "ground": ""])
      case .replaced:
        return self.output.say(
          .standingReplaced, ["since": event.from, "successor": event.successor ?? ""])
      case .issued, .revoked: return self.output.say(.bundleRevoked, ["since": event.from])
      }
    }
  }

  /// The reader's day.
  private static func day(_ now: Date) -> String {
    let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: now)
    let texts = [(parts.year ?? 0, 4), (parts.month ?? 0, 2), (parts.day ?? 0, 2)]
    return texts.map { number, width in
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }.joined(separator: "-")
  }
}
