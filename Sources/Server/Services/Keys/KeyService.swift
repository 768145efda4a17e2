import BitimCrypto
import BitimDomain
import BitimListener
import BitimProtocol
import BitimSigning
import BitimStore
import BitimTrust

/// Keeps the history of the keys that sign for the School.
enum KeyService {
  static func routes(_ services: Services) -> [Route<Clerk>] {
    [
      services.write(BitimV1.KeyService.certifyKey, Self.certify),
      services.write(BitimV1.KeyService.retireKey, Self.retire),
      services.list(BitimV1.KeyService.listKeys) { caller, _, state in
        try Self.list(services, caller, state)
      },
    ]
  }

  @Sendable private static func certify(
    _ caller: Caller, _ request: BitimV1.CertifyKeyRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.KeyResponse {
    let key = try Self.key(request.key)
    let act = CertifyKey(
      SigningKey(
        name: key.name, publicKey: key.publicKey.octets,
        use: try KeyUse(typed: request.use.rawValue, column: "use"),
        from: try Self.day(request.validFrom, column: "valid_from", caller),
        kept: try TextRule.read(request.kept.normal, column: "kept")))
    return try Self.settle(
      .certifyKey(act), try Self.decision(act, caller, transaction.state), by: caller, transaction)
  }

  @Sendable private static func retire(
    _ caller: Caller, _ request: BitimV1.RetireKeyRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.KeyResponse {
    let key = try Self.key(request.key)
    // A key of another name is another, whatever its octets are.
    guard
      let found = try transaction.state.signingKeys().first(where: {
        $0.key.name == key.name && $0.key.publicKey == key.publicKey.octets
      })
    else { throw Refusal(finding: .keyUnknown, column: "key", value: request.key) }
    let act = RetireKey(
      found.key.publicKey,
      KeyRetirement(
        lastDay: try Self.day(request.lastDay, column: "last_day", caller),
        ground: try RetirementGround(typed: request.ground.rawValue, column: "ground"),
        believedSize: request.believedSize))
    return try Self.settle(
      .retireKey(act), try Self.decision(act, caller, transaction.state), by: caller, transaction)
  }

  private static func list(
    _ services: Services, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> BitimV1.ListKeysResponse {
    let notes = services.signer.standing.introductions
    var response = BitimV1.ListKeysResponse()
    for certified in try state.signingKeys() {
      var key = BitimV1.SigningKey(certified)
      if let note = NoteKey(certified.key).flatMap({ notes[$0] }) {
        key.note = String(decoding: note.octets, as: UTF8.self)
      }
      if !caller.roles.isDisjoint(with: [.administrator, .auditor]) {
        key.kept = certified.key.kept
        key.certified = try Self.hands(of: certified.sequence, caller, state)
        key.retired = try certified.retiredBy.map { try Self.hands(of: $0, caller, state) }
      }
      response.keys.append(key)
    }
    return response
  }

  static func hands(
    of act: Int64, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> BitimV1.KeyHands {
    guard let (proposer, approver) = try state.hands(ofAct: act) else {
      throw StoreFailure.corrupt("an act of two persons: no two have agreed on it")
    }
    var hands = BitimV1.KeyHands()
    hands.act = act
    hands.proposedBy = try state.line(proposer, to: caller)
    hands.approvedBy = try state.line(approver, to: caller)
    return hands
  }

  /// What certifying a key comes to as things stand.
  static func decision(
    _ act: CertifyKey, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Decision {
    let known = try state.signingKeys().first { $0.key.publicKey == act.key.publicKey }
    let hasLogKey = try state.signingKeys().contains { $0.key.use == .log }
    return try act.decided(
      .init(known: known, log: state.logName(), hasLogKey: hasLogKey), on: caller.today)
  }

  /// What retiring a key comes to as things stand.
  static func decision(
    _ act: RetireKey, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Decision {
    let key = try Self.certified(act.publicKey, state)
    let others = try state.signingKeys().filter {
      $0.key.use == key.key.use && $0.key.publicKey != act.publicKey
    }
    return try act.decided(
      .init(key: key, others: others, size: state.journalSize()), on: caller.today)
  }

  private static func settle(
    _ act: ProposedAct, _ decision: Decision, by caller: Caller,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.KeyResponse {
    var response = BitimV1.KeyResponse()
    if case .key(let shown) = try act.shown(transaction.state) { response.shown = shown }
    response.proposal = try act.settle(decision, by: caller, transaction)
    return response
  }

  fileprivate static func certified(
    _ publicKey: [UInt8], _ state: borrowing Snapshot
  ) throws -> CertifiedKey {
    guard let key = try state.signingKeys().first(where: { $0.key.publicKey == publicKey }) else {
      throw StoreFailure.corrupt("a proposal: of a key that is not there")
    }
    return key
  }

  /// A key as it was typed.
  ///
  /// - Throws: ``Refusal`` with ``Reason/missing``, ``Reason/keyUnreadable`` or ``Reason/keyWeak``.
  private static func key(_ text: String) throws(Refusal) -> NoteKey {
    guard !text.isEmpty else { throw Refusal(finding: .missing, column: "key") }
    do throws(NoteKey.Fault) {
      return try NoteKey(reading: text)
    } catch {
      switch error {
      case .malformed: throw Refusal(finding: .keyUnreadable, column: "key", value: text)
      case .weak: throw Refusal(finding: .keyWeak, column: "key", value: text)
      }
    }
  }

  /// A day, which may lie ahead; today where none is said.
  private static func day(
    _ text: String, column: String, _ caller: Caller
  ) throws(Refusal) -> CivilDate {
    text.isEmpty ? caller.today : try CivilDate(typed: text, column: column)
  }
}

extension SigningKey {
  /// The key as C2SP writes it.
  var text: String { NoteKey(self)?.description ?? "" }
}

extension BitimV1.SigningKey {
  /// A key as everybody with a token is answered it.
  init(_ certified: CertifiedKey) {
    self.init()
    self.use = .init(certified.key.use)
    self.key = certified.key.text
    self.validFrom = certified.key.from.iso
    if let retirement = certified.retirement {
      self.lastDay = retirement.lastDay.iso
      self.ground = .init(retirement.ground)
      self.believedSize = retirement.believedSize
    }
  }
}

extension BitimV1.KeyShown {
  /// What is shown of a key that is to be certified, beside those that stand.
  init(certifying act: CertifyKey, _ state: borrowing Snapshot) throws {
    try self.init(act.key, state)
  }

  /// What is shown of a key that is to be retired.
  init(retiring act: RetireKey, _ state: borrowing Snapshot) throws {
    try self.init(KeyService.certified(act.publicKey, state).key, state)
    self.lastDay = act.retirement.lastDay.iso
    self.ground = .init(act.retirement.ground)
    self.believedSize = act.retirement.believedSize
  }

  private init(_ key: SigningKey, _ state: borrowing Snapshot) throws {
    self.init()
    self.use = .init(key.use)
    self.key = key.text
    self.validFrom = key.from.iso
    self.kept = key.kept
    self.standing = try state.signingKeys()
      .filter { $0.key.use == key.use && $0.retirement == nil }.map(\.key.text)
  }
}
