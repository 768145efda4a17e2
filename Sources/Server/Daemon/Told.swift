import BitimStore
import BitimSystem
import Foundation

/// What a person is told of an error: path, reason and way out, and never a name of Foundation's, of
/// SQLite's or of a case of ours.
enum Told {
  /// The words for `error`; a failure of the store is one of the file at `database`.
  static func words(for error: any Error, database: String = "") -> String {
    switch error {
    case let failed as Failed: failed.words
    case let failure as StoreFailure:
      // SQLite knows that a file can't be opened, and not why.
      if failure.isShut, let hindrance = FileSystem.hindrance(to: database) {
        "\(hindrance)."
      } else {
        "\(database): \(failure.advice)."
      }
    case let failure as SocketFailure: "\(failure); see its folder, or name another address."
    default: Self.words(ofSystem: error as NSError)
    }
  }

  /// Foundation says what the kernel said, and of which file, below its own words.
  private static func words(ofSystem error: NSError) -> String {
    let path = error.userInfo[NSFilePathErrorKey] as? String ?? ""
    let below = error.userInfo[NSUnderlyingErrorKey] as? NSError
    let posix = [error, below].compactMap { $0 }.first { $0.domain == NSPOSIXErrorDomain }
    let number = posix.map { Int32($0.code) } ?? Self.number(of: error)
    let what = number.map { FileSystem.words(for: $0) } ?? "can't be used"
    return path.isEmpty ? what : "\(path): \(what)"
  }

  /// The kernel's number for what Foundation says with one of its own.
  private static func number(of error: NSError) -> Int32? {
    guard error.domain == NSCocoaErrorDomain else { return nil }
    return switch CocoaError.Code(rawValue: error.code) {
    case .fileNoSuchFile, .fileReadNoSuchFile: ENOENT
    case .fileReadNoPermission, .fileWriteNoPermission: EACCES
    case .fileWriteFileExists: EEXIST
    case .fileWriteOutOfSpace: ENOSPC
    case .fileWriteVolumeReadOnly: EROFS
    default: nil
    }
  }
}
