/// What is done around every call, at either end: measuring, logging, adding a line of metadata.
///
/// Synchronous, before and after, and never around what happens in between: an interceptor can't
/// hold a call up or make it twice. At the server it runs on the loops, on the way of every call.
public protocol Interceptor: Sendable {
  /// A call begins: its metadata may be added to.
  ///
  /// - Throws: ``Status``, with which the call ends; it was not made.
  func begin(_ method: MethodDescriptor, _ metadata: inout Metadata) throws(Status)
  /// A call that began has ended.
  ///
  /// - Parameters:
  ///   - status: How; nil for a success.
  ///   - nanoseconds: After how long.
  func end(_ method: MethodDescriptor, _ status: Status?, nanoseconds: Int64)
}

extension Interceptor {
  /// Leaves the metadata as it is.
  public func begin(_ method: MethodDescriptor, _ metadata: inout Metadata) throws(Status) {}
  /// Does nothing.
  public func end(_ method: MethodDescriptor, _ status: Status?, nanoseconds: Int64) {}
}
