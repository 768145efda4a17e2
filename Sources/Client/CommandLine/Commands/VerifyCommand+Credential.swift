import BitimPaper
import BitimProtocol
import BitimTrust
import Foundation

/// `bitim verify --offline` of a credential: what it and published status lists show, with no server and no profile.
extension OfflineReader {
  /// Whether a file is one of JSON, and so a credential or nothing.
  static func isJSON(_ octets: [UInt8]) -> Bool { octets.first == UInt8(ascii: "{") }

  /// What a credential shows now.
  func read(credential octets: [UInt8], in file: String) -> Read {
    var read = Read(file: file)
    guard let signed = SignedCredential(octets) else {
      read.note = self.output.say(.credentialNone, ["file": file])
      read.reason = read.note
      return read
    }
    let credential = signed.credential
    let verdict = CredentialVerdict(
      signed, lists: self.lists(of: credential.year), by: self.keys.keys,
      atMs: Int64(Date().timeIntervalSince1970 * 1_000), maxAge: self.maxAge)
    read.checks = verdict.findings.map { check, finding in
      Read.Check(
        check: check.rawValue,
        verdict: finding.holds.map { $0 ? "holds" : "fails" } ?? "unknown",
        note: self.sentence(check, finding, verdict, credential))
    }
    self.answer(verdict.answer, in: &read)
    // Lists that are forged make nothing not valid: they show nothing.
    let decisive = read.checks.filter { $0.check != CredentialVerdict.Check.lists.rawValue }
    switch verdict.answer {
    case .valid: break
    case .notValid: read.reason = decisive.first { $0.verdict == "fails" }?.note ?? ""
    case .unknown: read.reason = read.checks.first { $0.verdict != "holds" }?.note ?? ""
    }
    read.note = [read.note, read.reason].filter { !$0.isEmpty }.joined(separator: ": ")
    // What nobody whom the reader trusts has signed is not shown as if it were said of anybody.
    guard verdict.findings[0].finding.holds == true else { return read }
    read.number = credential.number
    read.holder = credential.holder
    read.holderLatin = credential.holderLatin ?? ""
    read.subject =
      switch credential.subject {
      case .school: self.output.say(.bundleSchool)
      case .programme(let number):
        self.output.say(.bundleProgramme, ["number": "\(number)"])
      case .attendance: self.output.say(.bundleAttendance)
      }
    guard case .stands(let state)? = verdict.findings.last?.finding else { return read }
    read.standing =
      switch state {
      case .valid: "Valid"
      case .notYetValid: "NotYetValid"
      case .expired: "Expired"
      case .revoked: "Revoked"
      case .suspended: "Suspended"
      }
    read.asOf = verdict.asOfMs.map { Desk.instant(.init(unixMilliseconds: $0)) } ?? ""
    return read
  }

  /// The status lists of a year that are in the folder, as far as they can be read.
  private func lists(of year: Int) -> [SignedStatusList] {
    guard let folder = self.status else { return [] }
    return StatusFiles.purposes.compactMap { purpose in
      let path = "\(folder)/\(StatusFiles.name(year, purpose))"
      return (try? AuditCommand.octets(path)).flatMap { SignedStatusList($0) }
    }
  }

  private func sentence(
    _ check: CredentialVerdict.Check, _ finding: CredentialVerdict.Finding,
    _ verdict: CredentialVerdict, _ credential: CertificateCredential
  ) -> String {
    let year = "\(credential.year)"
    switch finding {
    case .signed(let name):
      switch check {
      case .credential: return self.output.say(.bundleCertificate, ["name": name])
      case .lists, .age, .state:
        return self.output.say(.credentialLists, ["year": year, "name": name])
      }
    case .unsigned: return self.output.say(.bundleUnsigned, ["trust": self.trust])
    case .forged(let key): return self.output.say(.bundleForged, ["name": key])
    case .absent(let purpose):
      guard let folder = self.status else {
        return self.output.say(.credentialNoStatus, ["year": year])
      }
      let file = StatusFiles.name(credential.year, purpose.rawValue)
      return self.output.say(.credentialNoList, ["folder": folder, "file": file])
    case .fresh(let days):
      return self.output.say(.bundleFresh, ["days": "\(days)", "most": "\(self.maxAge)"])
    case .old(let days):
      return self.output.say(.credentialOld, ["days": "\(days)", "most": "\(self.maxAge)"])
    case .future:
      let instant = verdict.asOfMs.map { Desk.instant(.init(unixMilliseconds: $0)) } ?? ""
      return self.output.say(.bundleFuture, ["instant": instant])
    case .stands(let state):
      switch state {
      case .valid: return self.output.say(.standingValid)
      case .notYetValid: return self.output.say(.standingNotYetValid)
      case .expired: return self.output.say(.standingExpired)
      case .revoked: return self.output.say(.credentialRevoked)
      case .suspended: return self.output.say(.credentialSuspended)
      }
    case .notLookedAt: return self.output.say(.bundleNotLookedAt)
    }
  }
}
