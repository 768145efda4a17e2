import BitimProtocol
import Foundation

/// The letter that invites somebody to a commission, as it is typed: `NAME;LETTER;DATE;ORGANISATION`, or without
/// the name where it is said elsewhere.
struct Letter {
  /// Whom it invites, as typed; empty where it is said elsewhere.
  let name: String
  let invitation: BitimV1.Invitation

  init(_ text: String, named: Bool) throws(Arguments.Fault) {
    var parts = text.split(separator: ";", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    guard parts.count == (named ? 4 : 3) else {
      let form = named ? "NAME;LETTER;DATE;ORGANISATION" : "LETTER;DATE;ORGANISATION"
      throw Arguments.Fault(text: .usageLetter, arguments: ["value": text, "form": form])
    }
    self.name = named ? parts.removeFirst() : ""
    var invitation = BitimV1.Invitation()
    invitation.document = parts[0]
    invitation.datedOn = Sheet.iso(parts[1])
    invitation.organisation = parts[2]
    self.invitation = invitation
  }
}

extension Desk {
  /// Says who is invited, and by which letter.
  func show(_ letter: BitimV1.Invitation, of person: BitimV1.PersonLine) {
    self.output.note(
      .seatInvited,
      [
        "name": self.name(person.names),
        "letter": "\(letter.document), \(letter.datedOn), \(letter.organisation)",
      ])
  }
}
