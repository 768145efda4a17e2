import BitimSockets
import Dispatch

/// The thread that accepts: one listener per address, connections dealt onto the loops in turn.
final class Acceptor: Sendable {
  let addresses: [Address]
  private let listeners: [Listener]
  private let mailboxes: [Mailbox]
  private let wakeUp: WakeUp

  private final class Listener: Sendable {
    let descriptor: Descriptor
    init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }
  }

  init(addresses: [Address], mailboxes: [Mailbox]) throws(SocketFailure) {
    var listeners: [Listener] = []
    var bound: [Address] = []
    for address in addresses {
      let listener = Listener(try Endpoint.listen(at: address))
      if case .tcp(let host, 0) = address {
        bound.append(.tcp(host: host, port: Endpoint.port(of: listener.descriptor)))
      } else {
        bound.append(address)
      }
      listeners.append(listener)
    }
    self.listeners = listeners
    self.addresses = bound
    self.mailboxes = mailboxes
    self.wakeUp = try WakeUp()
  }

  func start(in group: DispatchGroup) {
    Thread.start(in: group) { self.run() }
  }

  func stop() { self.wakeUp.ring() }

  private func run() {
    // Without a poller the server can't serve: let the supervisor see it at once.
    guard var poller = try? Poller() else { preconditionFailure("no poller for the acceptor") }
    poller.watch(self.wakeUp.number, key: 0, reads: true, writes: false, isNew: true)
    for (index, listener) in self.listeners.enumerated() {
      poller.watch(
        listener.descriptor.number, key: UInt64(index + 1), reads: true, writes: false,
        isNew: true)
    }
    var turn = 0
    while true {
      for event in poller.wait(timeoutMs: nil) {
        if event.key == 0 { return }
        let listener = self.listeners[Int(event.key) - 1]
        while let connection = Endpoint.accept(from: listener.descriptor) {
          self.mailboxes[turn % self.mailboxes.count].post(
            .connection(connection.relinquished()))
          turn += 1
        }
      }
    }
  }
}
