import BitimClient
import BitimPaper
import BitimProtocol
import BitimSystem
import BitimTrust

/// `bitim certificate credential`: a certificate as a file that programs of others take.
extension CertificateCommand {
  static func credential(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["format", "page", "to"])
    try arguments.atMost(2)
    var request = BitimV1.GetCredentialRequest()
    request.number = try arguments.position(0, "NUMBER")
    if arguments.positions.count == 2 { request.code = arguments.positions[1] }
    if arguments["page"] != nil {
      request.address = StatusFiles.address(beside: try Self.signedPage(arguments))
    }
    let form = try Self.word(arguments, "format", of: CertificateCredential.Form.self) ?? .plain
    switch form {
    case .plain: request.form = .plain
    case .badge: request.form = .openBadge
    }
    let service = CertificateServiceClient(desk.client)
    let answer = try await Patience.ask { [request] () async throws(CallFailure) in
      try await service.getCredential(request)
    }
    // What nobody could verify later is not kept.
    guard let signed = SignedCredential(Array(answer.credential.utf8)), signed.holds,
      signed.form == form
    else {
      throw CallFailure.malformedAnswer("no credential")
    }
    let credential = signed.credential
    let file = arguments["to"] ?? "\(credential.number).\(signed.form.rawValue).json"
    do throws(PrivateFile.Failure) {
      try PrivateFile.create(file, Array((answer.credential + "\n").utf8))
    } catch {
      throw Sheet.Fault(error, creating: file)
    }
    desk.output.note(.credentialKept, ["file": file, "key": "\(credential.issuer)"])
    return .done
  }

  /// The page's address where it becomes the name of what is signed.
  static func signedPage(_ arguments: Arguments) throws(Arguments.Fault) -> String {
    let page = try Self.page(arguments)
    // It is read by programs, which want an address as the net has it.
    guard page.utf8.allSatisfy({ 0x21...0x7E ~= $0 && !Array("\"\\<>^`{|}".utf8).contains($0) })
    else { throw Arguments.Fault(text: .usagePage, arguments: ["value": page]) }
    return page
  }
}
