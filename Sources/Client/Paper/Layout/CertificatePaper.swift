package import BitimProtocol
import Foundation

/// A certificate as it is printed today: what was frozen at its issue, and what its story says now.
///
/// The same values give the same octets.
package struct CertificatePaper: Sendable {
  /// The language beside Kazakh on the front.
  package enum Second: String, CaseIterable, Sendable {
    case ru, en
  }

  let sheet: BitimV1.Sheet
  /// As printed.
  let code: String
  let standing: BitimV1.Standing
  let duplicate: BitimV1.Duplicate?
  let second: Tongue
  /// The page that verifies, without what stands behind `#`; empty where there is none.
  let address: String
  let form: Form

  /// How much of it is printed, and where.
  package struct Form: Equatable, Sendable {
    /// The most by which a sheet is moved, in millimetres.
    package static let offsetMax = 20.0

    /// Whether the supplement is left out.
    package var isFrontOnly: Bool
    /// To the right, in millimetres: for paper that a printer draws in askew, and the School's own forms.
    package var right: Double
    /// Downwards, in millimetres.
    package var down: Double

    /// The whole paper, where it belongs, unless said otherwise.
    package init(isFrontOnly: Bool = false, right: Double = 0, down: Double = 0) {
      self.isFrontOnly = isFrontOnly
      self.right = right
      self.down = down
    }
  }

  /// A certificate as the registry gives it.
  ///
  /// - Parameter address: The page that verifies, which gets number and code behind `#` from the QR code.
  ///   Without one the paper has no QR code and speaks of no page: a code that leads nowhere is worse than
  ///   none.
  package init(
    _ certificate: BitimV1.GetCertificateResponse, second: Second, address: String,
    form: Form = Form()
  ) throws(PaperFault) {
    let sheet = certificate.sheet ?? .init()
    let ours: [BitimV1.CertificateKind] = [.programme, .school, .attendance]
    guard ours.contains(sheet.kind) else { throw PaperFault.notOurs }
    self.sheet = sheet
    self.code = certificate.code
    self.standing = certificate.status?.standing ?? .unspecified
    self.duplicate = certificate.duplicate
    self.second = second == .ru ? .ru : .en
    self.address = address
    self.form = form
  }

  /// What a certificate would look like that is not issued.
  ///
  /// - Parameter sheet: Without a number; the paper has neither that nor a code, and says across the page what it is.
  package init(
    specimen sheet: BitimV1.Sheet, second: Second, form: Form = Form()
  ) throws(PaperFault) {
    var certificate = BitimV1.GetCertificateResponse()
    certificate.sheet = sheet
    certificate.sheet?.number = ""
    try self.init(certificate, second: second, address: "", form: form)
  }

  /// Whether it is no certificate yet.
  var isSpecimen: Bool { self.sheet.number.isEmpty }

  /// What the QR code says; nil without an address.
  package var link: String? {
    self.address.isEmpty ? nil : "\(self.address)#\(self.sheet.number).\(self.code)"
  }

  var isSchool: Bool { self.sheet.kind == .school }
  /// Whether it is no certificate, but a statement of attendance.
  var isAttendance: Bool { self.sheet.kind == .attendance }
  /// Whether something stands beside its head: that it is a duplicate, or instead of which one it was issued.
  var isBoxed: Bool { self.duplicate != nil || !self.sheet.replaces.isEmpty }
  var ink: Ink { self.isSchool ? .school : .programme }

  /// The pages: front and supplement; of attendance one, upright.
  func pages(_ typefaces: Typefaces) throws(PaperFault) -> [Page] {
    var front = Composer(
      typefaces, width: self.isAttendance ? 210 : 297, height: self.isAttendance ? 297 : 210)
    if self.isAttendance { try front.attendance(of: self) } else { try front.front(of: self) }
    var pages = [front.page]
    if !self.form.isFrontOnly, !self.isAttendance {
      pages += try Composer.supplement(to: self, typefaces)
    }
    let offset = Point(x: self.form.right, y: self.form.down)
    return offset == Point(x: 0, y: 0) ? pages : pages.map { $0.moved(by: offset) }
  }

  /// The document's title, and what names it in lists.
  var title: String {
    let names = [self.sheet.holder?.kk, self.sheet.holder?.ru, self.sheet.holder?.latin]
    let holder = names.compactMap { $0 }.first.map(Self.name) ?? ""
    let what = self.isAttendance ? "Анықтама" : "Сертификат"
    let number = self.isSpecimen ? PaperWords.specimen.kk : "№ \(self.sheet.number)"
    return "\(what) \(number) · \(holder)"
  }

  /// A name in one line, as recorded.
  static func name(_ name: BitimV1.Name) -> String {
    Self.plain(
      [name.surname, name.given, name.patronymic].filter { !$0.isEmpty }.joined(separator: " "))
  }

  /// A text of the registry as it is set: composed, with one kind of hyphen and one kind of space.
  static func plain(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars {
      switch scalar {
      case "\u{2010}", "\u{2011}": scalars.append("-")
      case _ where scalar.properties.isWhitespace: scalars.append(" ")
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }

  /// A text of the registry in a language.
  static func text(_ text: BitimV1.Text?, _ tongue: Tongue) -> String {
    guard let text else { return "" }
    return switch tongue {
    case .kk: Self.plain(text.kk)
    case .ru: Self.plain(text.ru)
    case .en, .latin: Self.plain(text.en)
    }
  }
}
