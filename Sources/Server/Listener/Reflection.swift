public import BitimProtocol

/// Tells programs that have no schema what a server serves: `grpc.reflection.v1`, and in one unary
/// call `bitim.rpc.v1.Connection/Describe`, which stock peers can make too.
public enum Reflection {
  /// How long a question may be, in octets.
  private static let questionMax = 1 << 16

  /// The routes that describe the services of `routes` and themselves.
  ///
  /// - Parameter pool: The descriptors of the schema; the library's own unless told otherwise. Asked
  ///   for with each question and not before: a server starts without reading them.
  public static func routes<Context>(
    over routes: [Route<Context>],
    pool: @autoclosure @escaping @Sendable () -> DescriptorPool = .own
  ) -> [Route<Context>] {
    let own = [
      GrpcReflectionV1.ServerReflection.name, BitimRpcV1.Connection.name,
    ]
    let catalogue = Catalogue(
      pool: pool, services: Set(routes.map(\.method.service)).union(own).sorted())
    return [
      Route(
        BitimRpcV1.Connection.describe.descriptor,
        .read { _, payload, _, output throws(Status) in
          // Anybody may ask, and a loop reads it.
          guard payload.count <= Self.questionMax else {
            throw Status(.invalidArgument, "symbols: at most \(Self.questionMax) octets of them")
          }
          let request: BitimRpcV1.DescribeRequest
          do {
            request = try BitimRpcV1.DescribeRequest(decoding: payload)
          } catch {
            throw Status(.internal, "the request message can't be read: \(error)")
          }
          output.append(try catalogue.describe(request).encoded)
        }),
      .bidirectional(GrpcReflectionV1.ServerReflection.serverReflectionInfo) {
        _, inbound, outbound throws(Status) in
        while let question = try await inbound.next() {
          try await outbound.send(catalogue.answer(question))
        }
      },
    ]
  }

  /// What is served, as descriptors.
  private struct Catalogue: Sendable {
    let pool: @Sendable () -> DescriptorPool
    let services: [String]

    func describe(
      _ request: BitimRpcV1.DescribeRequest
    ) throws(Status) -> BitimRpcV1.DescribeResponse {
      var paths: [String] = []
      for symbol in request.symbols.isEmpty ? self.services : request.symbols {
        guard let path = self.pool().homes[symbol] else {
          throw Status(.notFound, "symbol \(symbol)")
        }
        paths.append(path)
      }
      var response = BitimRpcV1.DescribeResponse()
      response.file = self.pool().files(from: paths).map(\.octets)
      return response
    }

    func answer(
      _ question: GrpcReflectionV1.ServerReflectionRequest
    ) -> GrpcReflectionV1.ServerReflectionResponse {
      var answer = GrpcReflectionV1.ServerReflectionResponse()
      answer.validHost = question.host
      answer.originalRequest = question
      switch question.messageRequest {
      case .fileByFilename(let path): answer.messageResponse = self.files(path, asked: path)
      case .fileContainingSymbol(let symbol):
        answer.messageResponse = self.files(self.pool().homes[symbol], asked: symbol)
      case .listServices:
        var list = GrpcReflectionV1.ListServiceResponse()
        list.service = self.services.map { name in
          var service = GrpcReflectionV1.ServiceResponse()
          service.name = name
          return service
        }
        answer.messageResponse = .listServicesResponse(list)
      case .allExtensionNumbersOfType(let name) where self.pool().homes[name] != nil:
        var numbers = GrpcReflectionV1.ExtensionNumberResponse()
        numbers.baseTypeName = name
        numbers.extensionNumber = self.pool().extensions.filter { $0.extendee == name }
          .map { Int32($0.field.number) }.sorted()
        answer.messageResponse = .allExtensionNumbersResponse(numbers)
      case .allExtensionNumbersOfType(let name): answer.messageResponse = Self.missing(name)
      case .fileContainingExtension(let asked):
        let added = self.pool().extensions.first {
          $0.extendee == asked.containingType
            && $0.field.number == UInt32(bitPattern: asked.extensionNumber)
        }
        answer.messageResponse = self.files(
          added?.path, asked: "\(asked.containingType) \(asked.extensionNumber)")
      case nil:
        var error = GrpcReflectionV1.ErrorResponse()
        error.errorCode = Status.Code.invalidArgument.rawValue
        error.errorMessage = "nothing is asked"
        answer.messageResponse = .errorResponse(error)
      }
      return answer
    }

    private func files(
      _ path: String?, asked: String
    ) -> GrpcReflectionV1.ServerReflectionResponse.MessageResponse {
      guard let path, self.pool().files.contains(where: { $0.path == path }) else {
        return Self.missing(asked)
      }
      var files = GrpcReflectionV1.FileDescriptorResponse()
      files.fileDescriptorProto = self.pool().files(from: [path]).map(\.octets)
      return .fileDescriptorResponse(files)
    }

    private static func missing(
      _ name: String
    ) -> GrpcReflectionV1.ServerReflectionResponse.MessageResponse {
      var error = GrpcReflectionV1.ErrorResponse()
      error.errorCode = Status.Code.notFound.rawValue
      error.errorMessage = "\(name): not known here"
      return .errorResponse(error)
    }
  }
}
