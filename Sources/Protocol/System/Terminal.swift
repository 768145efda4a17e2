import Glibc

/// What the kernel knows of a terminal.
package enum Terminal {
  /// How many columns it shows; nil for what is no terminal, or for one that does not say.
  package static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }
}
