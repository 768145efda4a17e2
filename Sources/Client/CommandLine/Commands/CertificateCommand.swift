import BitimClient
import BitimProtocol

/// `bitim certificate`: show, revoke.
enum CertificateCommand {
  static let help = Help(
    summary: .helpCertificate, usage: .helpCertificateUsage,
    examples: [
      "bitim certificate show 2026-000417-29",
      "bitim certificate revoke 2026-000417-29 --reason fraud --date 2026-11-20",
    ])

  private static let reasons: [String: BitimV1.RevocationReason] = [
    "fraud": .fraud, "error": .error, "attestation_annulled": .attestationAnnulled,
    "misconduct": .misconduct, "holder_request": .holderRequest,
  ]

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(Array(words.dropFirst()), options: ["reason", "date"])
    try arguments.atMost(1)
    let service = CertificateServiceClient(desk.client)
    switch words.first ?? "" {
    case "show":
      var request = BitimV1.GetCertificateRequest()
      request.number = try arguments.position(0, "NUMBER")
      let response = try await service.getCertificate(request)
      let extra: [(Column, String)] = [
        (.code, response.code), (.standing, desk.standing(response.status)),
      ]
      desk.output.facts(extra + desk.facts(response.sheet), message: response)
      return .done
    case "revoke":
      var request = BitimV1.RevokeCertificateRequest()
      request.number = try arguments.position(0, "NUMBER")
      request.reason = try desk.word(arguments, "reason", Self.reasons)
      request.heldOn = Sheet.iso(arguments["date"] ?? "")
      let response = try await service.revokeCertificate(request)
      desk.output.note(.certificateRevoked, ["number": request.number])
      Output.complain(desk.standing(response.status))
      return .done
    default:
      throw Arguments.Fault(text: .usageWordNeeded, arguments: ["what": "show | revoke"])
    }
  }
}
