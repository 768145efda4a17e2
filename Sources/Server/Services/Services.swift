import BitimCrypto
package import BitimDomain
package import BitimListener
package import BitimProtocol
package import BitimStore

/// The registry's calls: decode, decide, record, answer.
package struct Services: Sendable {
  let ledger: Ledger
  let zone: @Sendable (Instant) -> CivilDate
  let report: @Sendable (StoreFailure, MethodDescriptor) -> Void

  /// Serves the registry in `ledger`.
  ///
  /// - Parameters:
  ///   - zone: The civil day in the School's time zone at an instant.
  ///   - report: Told of failures of our own side while reading.
  package init(
    ledger: Ledger, zone: @escaping @Sendable (Instant) -> CivilDate,
    report: @escaping @Sendable (StoreFailure, MethodDescriptor) -> Void
  ) {
    self.ledger = ledger
    self.zone = zone
    self.report = report
  }

  /// Every call with its handler.
  package var table: CallTable<Reader> { CallTable(self.routes) }

  private var routes: [Route<Reader>] {
    ProgrammeService.routes(self) + OrganisationService.routes(self)
      + PersonService.routes(self) + CohortService.routes(self)
      + AttestationService.routes(self) + CertificateService.routes(self)
      + AccessService.routes(self)
  }

  // How the two kinds of calls are served.

  /// A call that answers from a snapshot.
  func read<Input: Message, Output: Message>(
    _ method: Method<Input, Output>,
    _ body: @escaping @Sendable (Caller, Input, borrowing Snapshot) throws -> Output
  ) -> Route<Reader> {
    Route(
      method.descriptor,
      .read { call, payload, reader throws(Status) in
        do {
          return try reader.read { snapshot in
            // Who calls is asked first: a stranger's octets are not worth decoding.
            let caller = try self.caller(of: call, snapshot)
            return try body(caller, try Self.decoded(payload), snapshot).encoded
          }
        } catch {
          throw self.status(of: error, call.method)
        }
      })
  }

  /// A call that changes the registry: `body` runs in the writer's transaction.
  ///
  /// - Parameter kept: What a repeat of the call is answered.
  func write<Input: Message, Output: Message>(
    _ method: Method<Input, Output>, kept: @escaping @Sendable (Output) -> Output = { $0 },
    _ body: @escaping @Sendable (Caller, Input, borrowing Transaction) throws -> Output
  ) -> Route<Reader> {
    Route(
      method.descriptor,
      .write { call, payload, reader, reply throws(Status) in
        let caller: Caller
        do {
          caller = try reader.read { try self.caller(of: call, $0) }
        } catch {
          throw self.status(of: error, call.method)
        }
        let request: Input = try Self.decoded(payload)
        guard let key = call.value(of: "idempotency-key"), (1...128).contains(key.utf8.count)
        else {
          throw Status(refusing: [Refusal(.idempotencyKeyMissing)])
        }
        var hash = SHA256()
        hash.update(Array(call.method.path.utf8))
        hash.update(payload)
        let change = Change(
          principal: caller.principal, key: key, digest: hash.finish(),
          work: { transaction in
            // Asked again: the token or a role may have been withdrawn since the loop looked.
            do {
              let again = try self.caller(of: call, transaction.state)
              let output = try body(again, request, transaction)
              return .done(output.encoded, kept: kept(output).encoded)
            } catch let failure as StoreFailure {
              throw failure
            } catch {
              return Self.refused(error, caller: caller, method: call.method)
            }
          },
          isAbandoned: { reply.isAbandoned }, answer: { reply.send($0) })
        guard self.ledger.submit(change) else {
          throw Status(
            .resourceExhausted, reason: Reason.busy.rawValue, "too many changes wait; come again")
        }
      })
  }

  /// The status of an error; one that is our own side's is told to the operator.
  private func status(of error: any Error, _ method: MethodDescriptor) -> Status {
    if let failure = error as? StoreFailure { self.report(failure, method) }
    return Status(reporting: error)
  }

  private static func decoded<Input: Message>(_ payload: Span<UInt8>) throws(Status) -> Input {
    do {
      return try Input(decoding: payload)
    } catch {
      throw Status(.internal, "the request message can't be read: \(error)")
    }
  }

  private static func refused(
    _ error: any Error, caller: Caller, method: MethodDescriptor
  ) -> Outcome {
    let status = Status(reporting: error)
    let refusals = (error as? Refusals)?.all ?? (error as? Refusal).map { [$0] } ?? []
    return .refused(
      status,
      journal: Self.journal(refusals, method: method).map {
        (deed: $0, actor: caller.actor, heldOn: caller.today)
      })
  }

  /// The act that says what was refused; nil if nothing of it concerns the journal.
  static func journal(
    _ refusals: [Refusal], method: MethodDescriptor
  ) -> BitimJournalV1.Act.Deed? {
    let grave = refusals.filter(\.reason.isJournaled)
    guard !grave.isEmpty else { return nil }
    var deed = BitimJournalV1.ActRefused()
    deed.method = method.path
    deed.findings = grave.map { BitimV1.Finding($0) }
    return .actRefused(deed)
  }

  /// Who calls, and whether he or she may.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notAuthenticated``, ``Reason/tokenExpired`` or
  ///   ``Reason/notAllowed``; ``StoreFailure``.
  private func caller(of call: Call, _ snapshot: borrowing Snapshot) throws -> Caller {
    let now = Instant(unixMilliseconds: call.arrivedAtMs)
    let holder = try self.holder(of: call, snapshot, now: now)
    switch Authority.audience(of: call.method) {
    case .anyone: break
    case .anyToken: if holder == nil { throw Refusal(.notAuthenticated) }
    case .roles(let roles):
      guard let holder else { throw Refusal(.notAuthenticated) }
      guard !holder.roles.isDisjoint(with: roles) else {
        let needed = roles.map(\.rawValue).sorted().joined(separator: ", ")
        throw Refusal(.notAllowed, ["roles": needed])
      }
    case nil: throw Refusal(.notAllowed)
    }
    if let holder { self.ledger.noteUse(ofToken: holder.tokenID, at: now) }
    return Caller(
      personID: holder?.personID ?? 0, organisationID: holder?.organisationID ?? 0,
      organisationCode: holder?.organisationCode ?? "", isSchool: holder?.isSchool ?? false,
      roles: holder?.roles ?? [], tokenID: holder?.tokenID ?? 0,
      tokenName: holder?.tokenName ?? "",
      expiresAt: holder?.expiresAt ?? Instant(unixMilliseconds: 0), today: self.zone(now),
      now: now)
  }

  private func holder(
    of call: Call, _ snapshot: borrowing Snapshot, now: Instant
  ) throws -> TokenHolder? {
    guard let header = call.value(of: "authorization") else { return nil }
    guard let token = AccessToken(header: header),
      let holder = try snapshot.tokenHolder(hash: token.hash)
    else { throw Refusal(.notAuthenticated) }
    guard holder.expiresAt > now else { throw Refusal(.tokenExpired) }
    return holder
  }
}
