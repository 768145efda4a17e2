import BitimCrypto
package import BitimProtocol

/// The page that verifies: one file, without anything from elsewhere, that works from a web server and from a disk.
///
/// It fetches the answer's file from its own folder; where that can't be, from a disk, it knows of each certificate
/// how it stands by its own list. Nothing in the list can be read without a paper.
package struct VerifyPage: Sendable {
  /// The most certificates of which the page itself has a list.
  package static let listMax = 20_000

  /// The folder of the answers, beside the page.
  package static let folder = "answers"

  private let list: [UInt8]?
  private let places: [UInt8]?
  private let status: [StatusFiles]
  private let asOf: String
  private let school: BitimV1.Text
  private let contact: String

  /// The page as of an instant.
  ///
  /// - Parameters:
  ///   - answers: What is published beside it.
  ///   - status: The status lists, a pair for each year; none where nobody signs.
  ///   - asOf: The instant, as RFC 3339 has it, up to which at least the answers are.
  ///   - school: The School's name; texts that are empty are filled in.
  ///   - contact: How to ask the School; may be empty.
  package init(
    _ answers: [PublishedAnswer], status: [StatusFiles] = [], asOf: String, school: BitimV1.Text,
    contact: String
  ) {
    // In an order that says nothing of who came first.
    let sorted = answers.sorted { $0.digest.lexicographicallyPrecedes($1.digest) }
    let isListed = answers.count <= Self.listMax
    self.list = isListed ? sorted.flatMap(\.entry) : nil
    self.places = isListed && !status.isEmpty ? sorted.flatMap(\.placeEntry) : nil
    self.status = status.sorted { $0.year < $1.year }
    self.asOf = asOf
    self.school = school
    self.contact = contact
  }

  /// The file.
  package var octets: [UInt8] {
    let list = self.list.map { JSONText.quoted(Base64.text($0)) } ?? "null"
    let places = self.places.map { JSONText.quoted(Base64.text($0)) } ?? "null"
    let years = self.status.map { year in
      "\"\(year.year)\":[\(year.files.map(JSONText.quoted).joined(separator: ","))]"
    }
    let status = years.isEmpty ? "null" : "{\(years.joined(separator: ","))}"
    let names = [self.school.kk, self.school.ru, self.school.en].map(JSONText.quoted)
    let data = """
      {"asOf":\(JSONText.quoted(self.asOf)),"list":\(list),\
      "places":\(places),"status":\(status),\
      "school":[\(names.joined(separator: ","))],"contact":\(JSONText.quoted(self.contact)),\
      "folder":"\(Self.folder)"}
      """
    return Array(
      """
      <!DOCTYPE html>
      <html lang="kk">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <meta name="robots" content="noindex">
      <title>Сертификатты тексеру · Проверка сертификата · Verify a certificate</title>
      <style>\(Self.style)</style>
      </head>
      \(Self.body)
      <script type="application/json" id="words">\(Self.harmless(Self.words))</script>
      <script type="application/json" id="data">\(Self.harmless(data))</script>
      <script>\(Self.script)</script>
      </body>
      </html>

      """.utf8)
  }

  /// The browser runs this script and no other, and asks nothing but what lies beside the page.
  static var policy: String {
    func source(_ text: String) -> String {
      "'sha256-\(Base64.text(SHA256.digest(Array(text.utf8))))'"
    }
    return
      "default-src 'none'; style-src \(source(Self.style)); script-src \(source(Self.script)); "
      + "connect-src 'self'; base-uri 'none'; form-action 'none'"
  }

  /// JSON in which no end of its element stands.
  private static func harmless(_ json: String) -> String {
    var text = ""
    // By scalars: with a mark beside it the sign is another character.
    for scalar in json.unicodeScalars {
      if scalar == "<" { text += "\\u003c" } else { text.unicodeScalars.append(scalar) }
    }
    return text
  }

  /// What lies in the folder of the answers for who looks into it, and so that no web server lists it.
  package static let cover = """
    <!DOCTYPE html>
    <meta charset="utf-8">
    <title>Сертификатты тексеру · Проверка сертификата · Verify a certificate</title>
    <p><a href="../verify.html">Сертификатты тексеру · Проверка сертификата · Verify a certificate</a></p>

    """
}
