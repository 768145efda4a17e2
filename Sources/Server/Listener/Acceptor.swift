import BitimSystem
import Dispatch
import Synchronization

/// The thread that accepts: one listener per address, connections dealt onto the loops in turn.
final class Acceptor: Sendable {
  let addresses: [Address]
  /// Closed when the acceptor stops: who comes later is told at once that nobody is there.
  private let listeners: Lock<[Listener]>
  private let mailboxes: [Mailbox]
  private let wakeUp: WakeUp
  private let visitors: Visitors
  private let crowd: Crowd
  /// Users whose connections to a Unix socket begin with a PROXY header; others' must not.
  private let terminators: Set<UInt32>
  private let notice: @Sendable (Server.Notice) -> Void

  private final class Listener: Sendable {
    let descriptor: Descriptor
    init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }
  }

  init(
    addresses: [Address], mailboxes: [Mailbox], visitors: Visitors, crowd: Crowd,
    terminators: Set<UInt32>, notice: @escaping @Sendable (Server.Notice) -> Void
  ) throws(SocketFailure) {
    self.notice = notice
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
    self.listeners = Lock(listeners)
    self.addresses = bound
    self.mailboxes = mailboxes
    self.visitors = visitors
    self.crowd = crowd
    self.terminators = terminators
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
    for (index, listener) in self.listeners.withLock({ $0 }).enumerated() {
      poller.watch(
        listener.descriptor.number, key: UInt64(index + 1), reads: true, writes: false,
        isNew: true)
    }
    var turn = 0
    while true {
      for index in 0..<poller.wait(timeoutMs: nil) {
        let key = poller.event(index).key
        if key == 0 { return self.listeners.withLock { $0 = [] } }
        let listener = self.listeners.withLock { $0[Int(key) - 1] }
        while let accepted = Endpoint.accept(
          from: listener.descriptor,
          whenNoneIsLeft: {
            self.notice(.descriptorsSpent)
            // Other than connections have taken more than was kept for them.
            for box in self.mailboxes { box.post(.crowded) }
          })
        {
          self.deal(accepted, turn)
          turn += 1
        }
      }
    }
  }

  private func deal(_ accepted: consuming Endpoint.Accepted, _ turn: Int) {
    var allowance: Allowance?
    if let address = accepted.address, !address.isLoopback {
      allowance = self.visitors.enter(from: address)
      // Too many of one address: the connection closes when it goes out of scope here.
      if allowance == nil { return }
    }
    var preamble = Connection.Preamble.none
    if let user = accepted.userID, self.terminators.contains(user) {
      preamble = .proxyHeader(of: user)
    }
    let peer = accepted.address.map { Peer($0) }
    let mailbox = self.mailboxes[turn % self.mailboxes.count]
    let isCrowded = self.crowd.enter()
    mailbox.post(
      .connection(
        Arrival(
          descriptor: accepted.relinquished(),
          preamble: preamble, peer: peer, allowance: allowance, crowd: self.crowd)))
    if isCrowded { mailbox.post(.crowded) }
  }
}
