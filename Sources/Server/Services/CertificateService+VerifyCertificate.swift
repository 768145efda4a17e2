import BitimCrypto
import BitimDomain
import BitimProtocol
import BitimStore

/// Verification: valid, not valid and why, unknown, or mistyped; as of an instant.
extension CertificateService {
  /// What a look-up compares with when there is no such certificate, so that an unknown number and
  /// a wrong code take one path to one answer.
  private static let dummyCode = [UInt8](repeating: 0, count: CertificateCode.octetCount)

  @Sendable static func verify(
    _ caller: Caller, _ request: BitimV1.VerifyCertificateRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.VerifyCertificateResponse {
    var response = BitimV1.VerifyCertificateResponse()
    response.asOf = .init(unixMilliseconds: caller.now.unixMilliseconds)
    let number: CertificateNumber
    do {
      number = try CertificateNumber(typed: request.number)
    } catch {
      response.verdict = .mistyped
      return response
    }
    // Partners and the School's own people need no code; a code that is given is compared.
    let isStaff = caller.isSchool && !caller.roles.isDisjoint(with: [.registrar, .certifier])
    let mayOmitCode = caller.roles.contains(.verifier) || isStaff
    guard mayOmitCode || !request.code.isEmpty else { throw Refusal(.codeNeeded, column: "code") }
    let record = try state.certificate(number)
    let typed = CertificateCode(typed: request.code)?.octets ?? Self.dummyCode
    let fits = ConstantTime.areEqual(typed, record?.code ?? Self.dummyCode)
    guard let record, fits || (request.code.isEmpty && mayOmitCode) else {
      response.verdict = .unknown
      return response
    }
    let standing = record.life.standing(on: caller.today)
    response.verdict = standing == .valid ? .valid : .notValid
    response.status = .init(record.life, on: caller.today)
    response.sheet = try BitimV1.Sheet(decoding: record.sheet)
    return response
  }
}
