import BitimProtocol
import Foundation

/// Data goes to standard output, at once and by lines; everything else to standard error. What a server
/// or a file says moves no terminal.
enum Terminal {
  static func say(_ text: String) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data((text.visibleLines + "\n").utf8))
    } catch {
      Self.complain("bitim-rpc: standard output can't be written")
      exit(5)
    }
  }

  static func complain(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((text.visibleLines + "\n").utf8))
  }
}
