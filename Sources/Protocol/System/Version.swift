import CLinux

/// Which version of the programs this is.
public enum Version {
  /// Counted up with each release.
  public static let number = "0.1"

  /// The commit it was built of; empty where nobody said (`scripts/release` does).
  public static var commit: String { unsafe String(cString: clinux_commit()) }

  /// Number, and commit where it is known: `0.1 (f42c372)`.
  public static var text: String {
    Self.commit.isEmpty ? Self.number : "\(Self.number) (\(Self.commit))"
  }
}
