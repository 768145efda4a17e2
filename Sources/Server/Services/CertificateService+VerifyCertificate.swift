import BitimCrypto
import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Verification: valid, not valid and why, unknown, or mistyped; as of an instant.
///
/// The one call that everybody makes, so it is served where its octets lie: the request is read in
/// place, the sheet copied from the table. What it answers is `bitim.v1.VerifyCertificateResponse`,
/// octet for octet as the generated code would write it; a test compares.
extension CertificateService {
  static func verification(_ services: Services) -> Route<Clerk> {
    let method = BitimV1.CertificateService.verifyCertificate.descriptor
    let audience = Authority.audience(of: method)
    return Route(
      method,
      .read { call, payload, clerk, output throws(Status) in
        do {
          let caller = try services.caller(of: call, audience, clerk)
          try Self.verify(caller, try Asked(payload), payload, clerk, &output)
        } catch {
          throw services.status(of: error, call.method)
        }
      })
  }

  /// Where number and code stand in the request.
  struct Asked {
    private(set) var number: Range<Int> = 0..<0
    private(set) var code: Range<Int> = 0..<0

    init(_ payload: Span<UInt8>) throws(Status) {
      do throws(WireFault) {
        var at = 0
        while at < payload.count {
          let tag = try Wire.tag(payload, &at)
          switch tag {
          case 10: self.number = try Wire.range(payload, &at)
          case 18: self.code = try Wire.range(payload, &at)
          default: try Wire.skip(tag, payload, &at, depth: 0)
          }
        }
      } catch {
        throw Status(.internal, "the request message can't be read: \(error)")
      }
      // Digits and ASCII letters are UTF-8; anything else must be before it is looked at.
      guard Self.isText(payload.extracting(self.number)),
        Self.isText(payload.extracting(self.code))
      else {
        throw Status(.internal, "the request message can't be read: \(WireFault.notUTF8)")
      }
    }

    private static func isText(_ octets: Span<UInt8>) -> Bool {
      for index in octets.indices where octets[index] >= 0x80 {
        return String(utf8: octets) != nil
      }
      return true
    }
  }

  private static func verify(
    _ caller: Caller, _ asked: Asked, _ payload: Span<UInt8>, _ clerk: Clerk,
    _ output: inout Output
  ) throws {
    let number: CertificateNumber
    do throws(CertificateNumber.Mistyped) {
      number = try CertificateNumber(typed: payload.extracting(asked.number))
    } catch {
      Self.put(.mistyped, caller.now, to: &output)
      return
    }
    // Partners and the School's own people need no code; a code that is given is compared.
    let isStaff = caller.isSchool && !caller.roles.isDisjoint(with: [.registrar, .certifier])
    let mayOmitCode = caller.roles.contains(.verifier) || isStaff
    let omitsCode = asked.code.isEmpty && mayOmitCode
    guard omitsCode || !asked.code.isEmpty else { throw Refusal(.codeNeeded, column: "code") }
    var typed = InlineArray<10, UInt8>(repeating: 0)
    let isCode = CertificateCode.read(typed: payload.extracting(asked.code), into: &typed)
    try clerk.reader.share { state in
      try state.verification(number) { row in
        guard let row else {
          Self.put(.unknown, caller.now, to: &output)
          return
        }
        // All three are asked whatever the others say: an unknown number and a wrong code take
        // one path to one answer.
        let fits = row.withCode { ConstantTime.areEqual($0, typed.span) }
        let isThere = row.number == number.value
        guard isThere && (omitsCode || (fits && isCode)) else {
          Self.put(.unknown, caller.now, to: &output)
          return
        }
        let life = try row.life()
        let standing = life.standing(on: caller.today)
        Self.put(standing == .valid ? .valid : .notValid, nil, to: &output)
        Self.put(BitimV1.CertificateStatus(life, on: caller.today), to: &output)
        Self.put(caller.now, to: &output)
        row.withSheet { sheet in
          output.append(0x22)
          output.append(varint: UInt64(sheet.count))
          output.append(sheet)
        }
      }
    }
  }

  private static func put(
    _ verdict: BitimV1.Verdict, _ now: Instant?, to output: inout Output
  ) {
    output.append(0x08)
    output.append(varint: UInt64(UInt32(bitPattern: verdict.rawValue)))
    if let now { Self.put(now, to: &output) }
  }

  private static func put(_ status: BitimV1.CertificateStatus, to output: inout Output) {
    if status.since.isEmpty, status.reason.rawValue == 0 {
      // What is not revoked has a standing and nothing else.
      output.append(0x12)
      output.append(2)
      output.append(0x08)
      output.append(UInt8(truncatingIfNeeded: status.standing.rawValue))
      return
    }
    let octets = status.encoded
    output.append(0x12)
    output.append(varint: UInt64(octets.count))
    output.append(octets)
  }

  private static func put(_ now: Instant, to output: inout Output) {
    let stamp = GoogleProtobuf.Timestamp(unixMilliseconds: now.unixMilliseconds)
    output.append(0x1A)
    output.append(UInt8(stamp.encodedCount))
    if stamp.seconds != 0 {
      output.append(0x08)
      output.append(varint: UInt64(bitPattern: stamp.seconds))
    }
    if stamp.nanos != 0 {
      output.append(0x10)
      output.append(varint: UInt64(UInt32(bitPattern: stamp.nanos)))
    }
  }
}
