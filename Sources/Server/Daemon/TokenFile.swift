import BitimSystem

/// The file that a new token is left in.
enum TokenFile {
  /// Leaves the token that `make` gives in the file of `--token-file`, its owner's alone; returns
  /// the file's path.
  ///
  /// The file is there before the token is: a token whose file can't be written would be in the
  /// registry and in nobody's hands.
  ///
  /// - Throws: ``Configuration/Fault`` if the file is there or can't be written; what `make` throws.
  static func leave(_ options: [String: String], _ make: () throws -> String) throws -> String {
    let path = options["token-file"] ?? "admin.token"
    let file: PrivateFile
    do throws(PrivateFile.Failure) {
      file = try PrivateFile(creating: path)
    } catch .isThere {
      throw Configuration.Fault(description: "\(path): is there already; name another file.")
    } catch {
      throw Self.unwritable(path)
    }
    do {
      let secret = try make()
      do { try file.write(Array((secret + "\n").utf8)) } catch { throw Self.unwritable(path) }
      return path
    } catch {
      // It holds nothing, and would stand in the way of a second try.
      file.remove()
      throw error
    }
  }

  private static func unwritable(_ path: String) -> Configuration.Fault {
    Configuration.Fault(
      description: "\(path): can't be written; see its folder, or name another --token-file.")
  }
}
