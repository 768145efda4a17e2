import BitimClient
import BitimProtocol
import BitimSystem
import BitimTrust

/// `bitim certificate bundle`: a certificate as a file that is verified with no network.
extension CertificateCommand {
  static func bundle(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["to"])
    try arguments.atMost(2)
    var request = BitimV1.GetBundleRequest()
    request.number = try arguments.position(0, "NUMBER")
    if arguments.positions.count == 2 { request.code = arguments.positions[1] }
    let service = CertificateServiceClient(desk.client)
    let answer = try await Patience.ask { [request] () async throws(CallFailure) in
      try await service.getBundle(request)
    }
    // What nobody could read later is not kept.
    let octets = Array(answer.bundle.utf8)
    guard let bundle = try? CertificateBundle(octets) else {
      throw CallFailure.malformedAnswer("no bundle")
    }
    let file = arguments["to"] ?? "\(bundle.certificate.number).bitim"
    do throws(PrivateFile.Failure) {
      try PrivateFile.create(file, octets)
    } catch {
      throw Sheet.Fault(error, creating: file)
    }
    desk.output.note(.bundleKept, ["file": file])
    return .done
  }
}
