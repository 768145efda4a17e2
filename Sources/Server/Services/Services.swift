import BitimCrypto
package import BitimDomain
package import BitimListener
package import BitimProtocol
package import BitimSigning
package import BitimStore
package import BitimSystem

/// The registry's calls: decode, decide, record, answer.
package struct Services: Sendable {
  let ledger: Ledger
  /// What signs checkpoints of the journal.
  package let signer: LogSigner
  let streams: Streams
  /// The civil day in the School's time zone at an instant.
  let zone: @Sendable (Instant) -> CivilDate
  private let rates: TokenRates
  private let inquiryLimit = InquiryLimit()
  private let report: @Sendable (StoreFailure, MethodDescriptor) -> Void
  private let refused: @Sendable (RefusedToken, RemoteAddress?) -> Void
  private let place: Place
  /// What is known of the second copy.
  package let follower = Follower()

  /// Where the registry lies on the disk.
  package struct Place: Sendable {
    /// The database.
    package let database: String
    /// The folder of backups, made when the first is.
    package let backups: String

    /// How much room there is beside the database.
    let room: @Sendable () -> FileSystem.Room?

    /// Names the files.
    package init(
      database: String, backups: String, room: (@Sendable () -> FileSystem.Room?)? = nil
    ) {
      self.database = database
      self.backups = backups
      self.room = room ?? { FileSystem.room(at: database) }
    }
  }

  /// Serves the registry in `ledger`.
  ///
  /// - Parameters:
  ///   - signer: What signs checkpoints of the journal.
  ///   - limits: What one token may do.
  ///   - zone: The civil day in the School's time zone at an instant.
  ///   - report: Told of failures of our own side while reading.
  ///   - refused: Told of tokens that are not in force, and from which address one was shown.
  package init(
    ledger: Ledger, signer: LogSigner, at place: Place, limits: TokenLimits = TokenLimits(),
    zone: @escaping @Sendable (Instant) -> CivilDate,
    report: @escaping @Sendable (StoreFailure, MethodDescriptor) -> Void,
    refused: @escaping @Sendable (RefusedToken, RemoteAddress?) -> Void = { _, _ in }
  ) {
    self.refused = refused
    self.ledger = ledger
    self.signer = signer
    self.streams = Streams(commits: ledger.commits)
    self.place = place
    self.rates = TokenRates(limits)
    self.zone = zone
    self.report = report
  }

  /// A clerk with a connection of its own, for one loop or worker.
  ///
  /// - Throws: ``StoreFailure``.
  package func clerk() throws -> sending Clerk {
    let reader = try Reader(path: self.place.database, commits: self.ledger.commits)
    try reader.prepare()
    return Clerk(
      reader: reader, ledger: self.ledger, rates: self.rates, zone: self.zone,
      refused: self.refused)
  }

  /// Opens what calls that stream read with, for so many threads.
  ///
  /// - Throws: ``StoreFailure``.
  package func prepareStreams(_ count: Int) throws {
    try self.streams.prepare(count) { try self.clerk() }
  }

  /// Every call with its handler, those included that tell how the server fares and what it serves.
  package func table(with health: Health) -> CallTable<Clerk> {
    let routes = self.routes + health.routes()
    return CallTable(routes + Reflection.routes(over: routes))
  }

  /// The registry's own services.
  package var names: Set<String> { Set(self.routes.map(\.method.service)) }

  /// Those of them that have a call which changes the registry.
  package var writingNames: Set<String> {
    Set(self.methods.filter { $0.kind == .write }.map(\.service))
  }

  /// Every call of the registry.
  package var methods: [MethodDescriptor] { CallTable(self.routes).methods }

  /// Ends the streams that end with their callers alone: the server is about to stop.
  package func stopStreams() { self.streams.stop() }

  private var routes: [Route<Clerk>] {
    ProgrammeService.routes(self) + OrganisationService.routes(self)
      + PersonService.routes(self) + CohortService.routes(self)
      + AttestationService.routes(self) + CertificateService.routes(self)
      + ProposalService.routes(self) + CaseService.routes(self) + RegisterService.routes(self)
      + LearningService.routes(self) + NoticeService.routes(self)
      + DueService.routes(self)
      + AccessService.routes(self) + KeyService.routes(self) + SettingService.routes(self)
      + AgreementService.routes(self) + ReportService.routes(self)
      + BackupService.routes(self, self.place)
  }

  // How the kinds of calls are served.

  /// A call that answers on the loop, from its shared snapshot: one key, a few look-ups.
  func read<Input: Message, Output: Message>(
    _ method: Method<Input, Output>,
    _ body: @escaping @Sendable (Caller, Input, borrowing Snapshot) throws -> Output
  ) -> Route<Clerk> {
    let audience = Authority.audience(of: method.descriptor)
    return Route(
      method.descriptor, identifiesCaller: true,
      .read { call, payload, clerk, output throws(Status) in
        try self.reporting(call.method) {
          // Who calls is asked first: a stranger's octets are not worth decoding.
          let caller = try self.caller(of: call, audience, clerk)
          try self.takeAgreedCall(caller, call)
          let request: Input = try Self.decoded(payload)
          let answer = try clerk.reader.share { try body(caller, request, $0).encoded }
          output.append(answer)
        }
      })
  }

  /// A call that answers on a worker, from a snapshot of its own: a page, a list, a whole cohort.
  func list<Input: Message, Output: Message>(
    _ method: Method<Input, Output>,
    _ body: @escaping @Sendable (Caller, Input, borrowing Snapshot) throws -> Output
  ) -> Route<Clerk> {
    let audience = Authority.audience(of: method.descriptor)
    return Route(
      method.descriptor, identifiesCaller: true,
      .list(
        admit: { call, clerk throws(Status) in
          // On the loop, before the request is kept for a worker.
          try self.reporting(call.method) {
            try self.takeAgreedCall(try self.caller(of: call, audience, clerk), call)
          }
        }
      ) { call, payload, clerk, output throws(Status) in
        // A worker that waits for its next job must not hold a snapshot.
        defer { clerk.settle() }
        try self.reporting(call.method) {
          // Asked on the loop already, and counted there.
          let caller = try self.caller(of: call, audience, clerk, counts: false)
          // What was read of the caller must not be what the list is read from.
          clerk.settle()
          let request: Input = try Self.decoded(payload)
          let answer = try clerk.reader.read { try body(caller, request, $0).encoded }
          output.append(answer)
        }
      })
  }

  /// A list that may show personal data: it is answered when it is on disk who read what, and what for.
  func noted<Input: Message, Output: Message>(
    _ method: Method<Input, Output>,
    _ body:
      @escaping @Sendable (Caller, Input, borrowing Snapshot) throws -> (Output, [Reading])
  ) -> Route<Clerk> {
    let audience = Authority.audience(of: method.descriptor)
    return Route(
      method.descriptor, identifiesCaller: true,
      .list(
        admit: { call, clerk throws(Status) in
          // On the loop, before the request is kept for a worker.
          try self.reporting(call.method) {
            try self.takeAgreedCall(try self.caller(of: call, audience, clerk), call)
          }
        }
      ) { call, payload, clerk, output throws(Status) in
        // A worker that waits, for its next job or for the writer, must not hold a snapshot.
        defer { clerk.settle() }
        try self.reporting(call.method) {
          let caller = try self.caller(of: call, audience, clerk, counts: false)
          clerk.settle()
          let request: Input = try Self.decoded(payload)
          let (answer, readings) = try clerk.reader.read { state in
            let (answer, readings) = try body(caller, request, state)
            return (answer.encoded, readings)
          }
          try self.ledger.keep(readings)
          output.append(answer)
        }
      })
  }

  /// A call that changes the registry: `body` runs in the writer's transaction.
  ///
  /// - Parameters:
  ///   - asksWho: Whether a centre may ask by it about people whom it doesn't know.
  ///   - list: How long the list may be that the request is.
  ///   - kept: What a repeat of the call is answered, if not the same.
  func write<Input: Message, Output: Message>(
    _ method: Method<Input, Output>, asksWho: Bool = false, list: ListLimit? = nil,
    kept: (@Sendable (Output) -> Output)? = nil,
    _ body: @escaping @Sendable (Caller, Input, borrowing Transaction) throws -> Output
  ) -> Route<Clerk> {
    let audience = Authority.audience(of: method.descriptor)
    // Begun once for all calls: the name is not put together and hashed for each.
    let begun = Self.digest(of: method.descriptor)
    return Route(
      method.descriptor, identifiesCaller: true,
      .write { call, payload, clerk, reply throws(Status) in
        try self.reporting(call.method) {
          let caller = try self.caller(of: call, audience, clerk)
          try list?.check(payload)
          let request: Input = try Self.decoded(payload)
          try self.submit(
            call, asksWho ? try self.asking(caller, call, clerk) : caller, begun, payload,
            kept: kept,
            isAbandoned: { reply.isAbandoned },
            answer: { reply.send($0) }
          ) { again, transaction in try body(again, request, transaction) }
        }
      })
  }

  /// A change at the end of a stream, of `request` as a whole, by which a centre may ask about people;
  /// waits for its answer.
  ///
  /// - Throws: ``Status``.
  func record<Input: Message, Output: Message>(
    _ visit: Visit, _ request: Input,
    _ body: @escaping @Sendable (Caller, Input, borrowing Transaction) throws -> Output,
    kept: @escaping @Sendable (Output) -> Output
  ) async throws(Status) -> Output {
    let payload = request.encoded
    let answered = await withCheckedContinuation { continuation in
      do throws(Status) {
        try visit.ask { caller, clerk in
          try self.submit(
            visit.call, try self.asking(caller, visit.call, clerk),
            Self.digest(of: visit.call.method), payload.span, kept: kept,
            isAbandoned: { false },
            answer: { continuation.resume(returning: $0) }
          ) { again, transaction in try body(again, request, transaction) }
        }
      } catch {
        continuation.resume(returning: .failure(error))
      }
    }
    let octets = try answered.get()
    return try Self.decoded(octets.span)
  }

  /// The caller of a call that may ask about people; the School asks about nobody it doesn't know.
  ///
  /// - Throws: as ``InquiryLimit/begin(_:secret:_:)``.
  private func asking(_ caller: Caller, _ call: Call, _ clerk: Clerk) throws -> Caller {
    guard !caller.isSchool, let secret = call.value(of: "authorization") else { return caller }
    var asking = caller
    asking.inquiries = try self.inquiryLimit.begin(caller, secret: secret, clerk.reader)
    return asking
  }

  /// Hands a change to the writer; where it may ask about people, until it is answered.
  ///
  /// - Parameter begun: The digest of the call's name.
  /// - Throws: as ``handOver(_:_:_:kept:isAbandoned:answer:_:)``.
  private func submit<Output: Message>(
    _ call: Call, _ caller: Caller, _ begun: SHA256, _ payload: Span<UInt8>,
    kept: (@Sendable (Output) -> Output)?, isAbandoned: @escaping @Sendable () -> Bool,
    answer: @escaping @Sendable (Result<[UInt8], Status>) -> Void,
    _ body: @escaping @Sendable (Caller, borrowing Transaction) throws -> Output
  ) throws {
    var hash = begun
    hash.update(payload)
    var caller = caller
    caller.requestDigest = hash.finish()
    guard let asked = caller.inquiries else {
      return try self.handOver(
        call, caller, payload.count, kept: kept, isAbandoned: isAbandoned, answer: answer, body)
    }
    do {
      try self.handOver(
        call, caller, payload.count, kept: kept, isAbandoned: isAbandoned,
        answer: { result in
          self.inquiryLimit.end(asked, self.ledger)
          answer(result)
        }, body)
    } catch {
      self.inquiryLimit.end(asked, self.ledger)
      throw error
    }
  }

  /// The digest of a call's name, to which a request is added.
  private static func digest(of method: MethodDescriptor) -> SHA256 {
    var hash = SHA256()
    hash.update(Array(method.path.utf8))
    return hash
  }

  /// Hands a change to the writer.
  ///
  /// - Throws: ``Refusal`` with ``Reason/idempotencyKeyMissing`` or ``Reason/textTooLong``; ``Status``
  ///   when too many wait.
  private func handOver<Output: Message>(
    _ call: Call, _ caller: Caller, _ octets: Int,
    kept: (@Sendable (Output) -> Output)?, isAbandoned: @escaping @Sendable () -> Bool,
    answer: @escaping @Sendable (Result<[UInt8], Status>) -> Void,
    _ body: @escaping @Sendable (Caller, borrowing Transaction) throws -> Output
  ) throws {
    guard let key = call.value(of: "idempotency-key"), !key.isEmpty
    else { throw Refusal(finding: .idempotencyKeyMissing) }
    guard key.utf8.count <= Self.keyMax else {
      throw Refusal(
        finding: .textTooLong, column: "idempotency-key", ["limit": "\(Self.keyMax)"])
    }
    var change = Change(
      principal: caller.principal, key: key, digest: caller.requestDigest, octets: octets,
      on: caller.today,
      work: { [caller] transaction in
        try self.outcome(of: call, caller, kept: kept, transaction) { again in
          try body(again, transaction)
        }
      }, isAbandoned: isAbandoned, answer: answer)
    if let excess = try self.excess(of: call, caller, octets) {
      change.work = { _ in excess }
    }
    guard self.ledger.submit(change) else {
      throw Status(
        .resourceExhausted, reason: Reason.busy.rawValue,
        "too many changes wait; come again", afterMs: Self.busyMs)
    }
  }

  /// How a change ends of whom has written too much; nil when he or she has not. What is written is
  /// never removed: a token that is in wrong hands must not fill the disk.
  ///
  /// - Throws: ``Status`` where the journal knows of it already.
  private func excess(
    of call: Call, _ caller: Caller, _ octets: Int
  ) throws(Status) -> Outcome? {
    let writing = self.rates.writing(of: caller.tokenID)
    let now = call.arrivedAtNanoseconds
    guard let wait = writing.take(octets: octets, now: now) else { return nil }
    let status = Status(tooManyCalls: "too much is written with one token", after: wait)
    guard writing.isToBeTold(now: now) else { throw status }
    let finding = ActRefused.Finding(reason: "TOO_MANY_CALLS", column: "", count: 1)
    let deed = Deed.actRefused(
      ActRefused(
        method: call.method.path, findings: [finding], personIDs: [],
        requestDigest: caller.requestDigest))
    return .refused(status, journal: (deed: deed, actor: caller.actor, heldOn: caller.today))
  }

  /// The longest idempotency key, in octets.
  private static let keyMax = 128
  /// After how long who met a full queue should come again: about as long as it takes to empty it.
  private static let busyMs: Int64 = 500

  private func outcome<Output: Message>(
    of call: Call, _ caller: Caller, kept: ((Output) -> Output)?,
    _ transaction: borrowing Transaction, _ body: (Caller) throws -> Output
  ) throws -> Outcome {
    do {
      // The token or a role may have been withdrawn since the loop looked.
      let again =
        caller.authority == transaction.authority
        ? caller : try self.again(caller, call, transaction)
      again.inquiries?.begin()
      let output = try body(again)
      let octets = output.encoded
      return .done(octets, kept: kept.map { $0(output).encoded } ?? octets)
    } catch let failure as StoreFailure {
      throw failure
    } catch {
      return Self.refused(
        error, caller: caller, method: call.method, transaction.concerned)
    }
  }

  /// Who calls, asked again by the writer.
  private func again(
    _ caller: Caller, _ call: Call, _ transaction: borrowing Transaction
  ) throws -> Caller {
    var again = try self.caller(of: call, transaction, today: caller.today)
    again.requestDigest = caller.requestDigest
    again.inquiries = caller.inquiries
    return again
  }

  private func reporting(
    _ method: MethodDescriptor, _ body: () throws -> Void
  ) throws(Status) {
    do {
      try body()
    } catch {
      throw self.status(of: error, method)
    }
  }

  /// The status of an error; one that is our own side's is told to the operator.
  func status(of error: any Error, _ method: MethodDescriptor) -> Status {
    if let failure = error as? StoreFailure {
      self.report(failure, method)
      if failure.kind == .cutOff {
        return Status(
          .resourceExhausted, reason: "CUT_OFF",
          "the answer took longer than any may; ask for less at once")
      }
    }
    return Status(reporting: error)
  }

  static func decoded<Input: Message>(_ payload: Span<UInt8>) throws(Status) -> Input {
    do {
      return try Input(decoding: payload)
    } catch {
      throw Status(.internal, "the request message can't be read: \(error)")
    }
  }

  static func refused(
    _ error: any Error, caller: Caller, method: MethodDescriptor, _ people: [Int64]
  ) -> Outcome {
    let status = Status(reporting: error)
    let refusal = error as? Refusal ?? (error as? WordedRefusal)?.refusal
    let refusals = (error as? Refusals)?.all ?? refusal.map { [$0] } ?? []
    return .refused(
      status,
      journal: Self.journal(refusals, method: method, by: caller, people: people).map {
        (deed: $0, actor: caller.actor, heldOn: caller.today)
      })
  }

  /// The act that says what was refused; nil if nothing of it concerns the journal.
  ///
  /// What was typed is left out, and each reason is told once with a count: a refusal is nobody's way
  /// to write into the journal.
  ///
  /// - Parameter people: Whom it was about, as far as they are known. With those whom the refusals name, a hundred
  ///   are kept.
  static func journal(
    _ refusals: [Refusal], method: MethodDescriptor, by caller: Caller, people: [Int64]
  ) -> Deed? {
    let grave = refusals.filter(\.reason.isJournaled)
    guard !grave.isEmpty else { return nil }
    var findings: [ActRefused.Finding] = []
    for refusal in grave {
      let reason = refusal.reason.rawValue
      let known = findings.firstIndex { $0.reason == reason && $0.column == refusal.column }
      if let known {
        findings[known].count += 1
        // What some of them say is not said of all.
        if findings[known].arguments != refusal.arguments { findings[known].arguments = [:] }
      } else {
        findings.append(
          .init(
            reason: reason, column: refusal.column, arguments: refusal.arguments, count: 1))
      }
    }
    var concerned: [Int64] = []
    for person in people + grave.flatMap(\.people) where !concerned.contains(person) {
      guard concerned.count < Self.concernedMax else { break }
      concerned.append(person)
    }
    return .actRefused(
      ActRefused(
        method: method.path, findings: findings, personIDs: concerned,
        requestDigest: caller.requestDigest))
  }

  /// As many people as the journal keeps of one refusal.
  private static let concernedMax = 100

  /// Who calls, and whether he or she may, as the loop knows it.
  ///
  /// - Parameter counts: Whether it is a call of its own towards the token's rate.
  /// - Throws: ``Refusal`` with ``Reason/notAuthenticated``, ``Reason/tokenExpired``, ``Reason/agreementEnded`` or
  ///   ``Reason/notAllowed``; ``Status``; ``StoreFailure``.
  func caller(
    of call: Call, _ audience: Authority.Audience?, _ clerk: Clerk, counts: Bool = true
  ) throws -> Caller {
    let now = Instant(unixMilliseconds: call.arrivedAtMs)
    guard let header = try Self.authorization(of: call) else {
      return try Self.caller(
        nil, audience, now: now, today: clerk.today(now), isClockDoubtful: clerk.isClockDoubtful,
        authority: 0)
    }
    let (holder, authority) = try clerk.holder(header, call, now: now, counts: counts)
    return try Self.caller(
      holder, audience, now: now, today: clerk.today(now),
      isClockDoubtful: clerk.isClockDoubtful, authority: authority)
  }

  /// Takes one of the calls that a partner's agreement allows in a day, once it is known that the call may be
  /// made. A watch is one call however long it lasts, and of many papers each is one.
  ///
  /// - Throws: ``Status`` when they are spent.
  func takeAgreedCall(_ caller: Caller, _ call: Call) throws(Status) {
    guard let calls = caller.terms?.callsPerDay else { return }
    let rate = self.rates.agreed(calls, of: caller.organisationID)
    guard let wait = rate.take(now: call.arrivedAtNanoseconds) else { return }
    throw Status(
      .resourceExhausted, reason: "AGREED_CALLS_SPENT",
      "the calls of a day that the agreement allows are spent", afterMs: wait / 1_000_000 + 1)
  }

  /// The line that says who calls; nil when there is none.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notAuthenticated`` when there are several: who calls must not
  ///   depend on which of them is read.
  private static func authorization(of call: Call) throws(Refusal) -> String? {
    var found: String?
    for pair in call.metadata.pairs where pair.key == "authorization" {
      guard found == nil else { throw Refusal(finding: .notAuthenticated) }
      found = pair.value
    }
    return found
  }

  /// Who calls, asked again within a transaction.
  private func caller(
    of call: Call, _ transaction: borrowing Transaction, today: CivilDate
  ) throws -> Caller {
    let now = Instant(unixMilliseconds: call.arrivedAtMs)
    guard let header = try Self.authorization(of: call),
      let token = AccessToken(header: header),
      let holder = try transaction.state.tokenHolder(hash: token.hash)
    else { throw Refusal(finding: .notAuthenticated) }
    guard holder.expiresAt > now else { throw Refusal(finding: .tokenExpired) }
    return try Self.caller(
      holder, Authority.audience(of: call.method), now: now, today: today,
      isClockDoubtful: false, authority: transaction.authority)
  }

  private static func caller(
    _ holder: TokenHolder?, _ audience: Authority.Audience?, now: Instant, today: CivilDate,
    isClockDoubtful: Bool, authority: UInt64
  ) throws(Refusal) -> Caller {
    let terms = try holder?.agreements?.terms(on: today)
    switch audience {
    case .anyone: break
    case .anyToken: if holder == nil { throw Refusal(finding: .notAuthenticated) }
    case .roles(let roles):
      guard let holder else { throw Refusal(finding: .notAuthenticated) }
      guard !holder.roles.isDisjoint(with: roles) else {
        let needed = roles.map(\.rawValue).sorted().joined(separator: ", ")
        throw Refusal(finding: .notAllowed, ["roles": needed])
      }
    case nil: throw Refusal(finding: .notAllowed)
    }
    return Caller(
      personID: holder?.personID ?? 0, organisationID: holder?.organisationID ?? 0,
      organisationCode: holder?.organisationCode ?? "", isSchool: holder?.isSchool ?? false,
      roles: holder?.roles ?? [], tokenID: holder?.tokenID ?? 0,
      tokenName: holder?.tokenName ?? "",
      expiresAt: holder?.expiresAt ?? Instant(unixMilliseconds: 0), today: today, now: now,
      isClockDoubtful: isClockDoubtful, authority: authority, sessionID: holder?.sessionID ?? 0,
      isGuest: holder?.isGuest ?? false, terms: terms)
  }
}
