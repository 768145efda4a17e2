import BitimCrypto
import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Verification: valid, not valid and why, unknown, or mistyped; of a day, as known now.
/// It answers what the sheet says and nothing of the person beyond.
///
/// The one call that everybody makes, so it is served where its octets lie: the request is read in
/// place, the sheet copied from the table. What it answers is `bitim.v1.VerifyCertificateResponse`,
/// octet for octet as the generated code would write it; a test compares.
extension CertificateService {
  static func verification(_ services: Services) -> Route<Clerk> {
    let method = BitimV1.CertificateService.verifyCertificate.descriptor
    let audience = Authority.audience(of: method)
    return Route(
      method, identifiesCaller: true,
      .read { call, payload, clerk, output throws(Status) in
        do {
          let caller = try services.caller(of: call, audience, clerk)
          try services.takeAgreedCall(caller, call)
          try Self.verify(caller, try Asked(payload), payload, clerk, &output)
        } catch {
          throw services.status(of: error, call.method)
        }
      })
  }

  /// The most octets of a number or code that are looked at: a stranger's megabytes would hold up
  /// everybody on the loop. Twelve digits in the widest letters, with separators, are far below.
  static let typedMax = 128

  /// Where number, code and day stand in the request.
  struct Asked {
    private(set) var number: Range<Int> = 0..<0
    private(set) var code: Range<Int> = 0..<0
    private var day: Range<Int> = 0..<0

    init(_ payload: Span<UInt8>) throws(Status) {
      do throws(WireFault) {
        var at = 0
        while at < payload.count {
          let tag = try Wire.tag(payload, &at)
          switch tag {
          case 10: self.number = try Wire.range(payload, &at)
          case 18: self.code = try Wire.range(payload, &at)
          case 26: self.day = try Wire.range(payload, &at)
          default: try Wire.skip(tag, payload, &at, depth: 0)
          }
        }
      } catch {
        throw Status(.internal, "the request message can't be read: \(error)")
      }
    }

    /// The day that is asked about: any, not today alone.
    ///
    /// - Throws: ``Refusal`` with ``Reason/notADate``.
    func day(_ payload: Span<UInt8>, orElse today: CivilDate) throws(Refusal) -> CivilDate {
      guard !self.day.isEmpty else { return today }
      // What is longer than a day, or no text, is none.
      let text = self.day.count <= 10 ? String(utf8: payload.extracting(self.day)) : nil
      return try CivilDate(typed: text ?? "…", column: "as_of")
    }

    /// Refuses what is not UTF-8. What was read as a number and a code is: only the rest is looked
    /// at.
    func checkTexts(_ payload: Span<UInt8>) throws(Status) {
      guard String(utf8: payload.extracting(self.number)) != nil,
        String(utf8: payload.extracting(self.code)) != nil
      else { throw Status(.internal, "the request message can't be read: \(WireFault.notUTF8)") }
    }
  }

  static func verify(
    _ caller: Caller, _ asked: Asked, _ payload: Span<UInt8>, _ clerk: Clerk,
    _ output: inout Output
  ) throws {
    let isSchools = try Self.answer(caller, asked, payload, clerk, &output)
    if caller.isClockDoubtful {
      output.append(0x38)
      output.append(1)
    }
    if isSchools { try Self.putBases(caller, asked, payload, clerk, &output) }
  }

  /// Those of the certificates that a School's rests on which are not valid on the day. Few are asked about: it
  /// reads the request once more.
  private static func putBases(
    _ caller: Caller, _ asked: Asked, _ payload: Span<UInt8>, _ clerk: Clerk,
    _ output: inout Output
  ) throws {
    let number = try CertificateNumber(typed: payload.extracting(asked.number))
    let day = try asked.day(payload, orElse: caller.today)
    for base in try clerk.reader.share({ try $0.basesNotValid(of: number, on: day) }) {
      output.append(0x42)
      output.append(varint: UInt64(base.utf8.count))
      for octet in base.utf8 { output.append(octet) }
    }
  }

  /// Answers, but for what stands last.
  ///
  /// - Returns: Whether it is a School's certificate that was found, which rests on others.
  private static func answer(
    _ caller: Caller, _ asked: Asked, _ payload: Span<UInt8>, _ clerk: Clerk,
    _ output: inout Output
  ) throws -> Bool {
    let number: CertificateNumber
    do throws(CertificateNumber.Mistyped) {
      guard asked.number.count <= Self.typedMax else { throw CertificateNumber.Mistyped() }
      number = try CertificateNumber(typed: payload.extracting(asked.number))
    } catch {
      try asked.checkTexts(payload)
      Self.put(.mistyped, to: &output)
      output.append(clerk.stamp(caller.now))
      return false
    }
    // Partners and the School's own people need no code; a code that is given is compared.
    let isStaff = caller.isSchool && !caller.roles.isDisjoint(with: [.registrar, .certifier])
    let omitsCode = asked.code.isEmpty && (caller.terms != nil || isStaff)
    if omitsCode { try caller.terms?.require(.verifyNumber) }
    guard omitsCode || !asked.code.isEmpty else {
      throw Refusal(finding: .codeNeeded, column: "code")
    }
    var typed = InlineArray<10, UInt8>(repeating: 0)
    let isCode =
      asked.code.count <= Self.typedMax
      && CertificateCode.read(typed: payload.extracting(asked.code), into: &typed)
    if !isCode { try asked.checkTexts(payload) }
    let day = try asked.day(payload, orElse: caller.today)
    let grounds = try Self.grounds(of: number, on: day, for: caller, clerk)
    var isUnknown = false
    var isSchools = false
    try clerk.reader.verification(of: number) { row in
      // All are asked whatever the others say: an unknown number and a wrong code take one path
      // to one answer.
      var fits = false
      row?.withCode { fits = ConstantTime.areEqual($0, typed.span) }
      guard let row, row.number == number.value, omitsCode || (fits && isCode) else {
        isUnknown = true
        return
      }
      let isMarked = row.isMarked
      Self.put(row, isMarked: isMarked, on: day, instead: grounds, to: &output)
      output.append(clerk.stamp(caller.now))
      row.withSheet { sheet in
        output.append(0x22)
        output.append(varint: UInt64(sheet.count))
        output.append(sheet)
        // Behind the number, which is two octets and fourteen digits and dashes, stands the kind.
        isSchools = sheet.count > 17 && sheet[16] == 0x10 && sheet[17] == Self.schoolKind
      }
      guard isMarked else { return }
      row.withDuplicate { duplicate in
        output.append(0x32)
        output.append(varint: UInt64(duplicate.count))
        output.append(duplicate)
      }
    }
    guard isUnknown else { return isSchools }
    Self.put(.unknown, to: &output)
    output.append(clerk.stamp(caller.now))
    if let restored = try clerk.reader.share({ try $0.burned(number) }) {
      Self.put(restored, tag: 0x2A, to: &output)
    }
    return false
  }

  private static var schoolKind: UInt8 {
    UInt8(truncatingIfNeeded: BitimV1.CertificateKind.school.rawValue)
  }

  /// How a certificate stands, with the whole ground, for partners whose agreement has it; the table has what
  /// strangers are told.
  private static func grounds(
    of number: CertificateNumber, on day: CivilDate, for caller: Caller, _ clerk: Clerk
  ) throws -> [UInt8]? {
    guard let terms = caller.terms, terms.has(.reasons) else { return nil }
    return try clerk.reader.share { state in
      try state.certificate(number).map {
        BitimV1.CertificateStatus($0.life, on: day, to: .partner).encoded
      }
    }
  }

  private static func put(_ verdict: BitimV1.Verdict, to output: inout Output) {
    output.append(0x08)
    output.append(UInt8(truncatingIfNeeded: verdict.rawValue))
  }

  /// Verdict and status of a certificate that is there.
  ///
  /// - Parameter told: The status with what its mark rests on; nil for whoever is not told that.
  private static func put(
    _ row: VerificationRow, isMarked: Bool, on day: CivilDate, instead told: [UInt8]?,
    to output: inout Output
  ) {
    if isMarked {
      let isCovered = row.withMark(on: day) { status in
        Self.put(.notValid, to: &output)
        output.append(0x12)
        if let told {
          output.append(varint: UInt64(told.count))
          output.append(told)
        } else {
          output.append(varint: UInt64(status.count))
          output.append(status)
        }
      }
      if isCovered { return }
    }
    let standing = row.standing(on: day)
    switch standing {
    case .valid:
      output.append(0x08)
      output.append(1)
      output.append(0x12)
      output.append(2)
      output.append(0x08)
      output.append(1)
    case .expired, .notYetValid, .revoked, .suspended, .replaced:
      Self.put(.notValid, to: &output)
      output.append(0x12)
      output.append(2)
      output.append(0x08)
      output.append(UInt8(truncatingIfNeeded: standing.number))
    }
  }

  private static func put(_ instant: Instant, tag: UInt8, to output: inout Output) {
    let stamp = GoogleProtobuf.Timestamp(unixMilliseconds: instant.unixMilliseconds).encoded
    output.append(tag)
    output.append(varint: UInt64(stamp.count))
    output.append(stamp)
  }
}
