/// HMAC with SHA-256 (RFC 2104).
public enum HMAC {
  /// The code of `message` under `key`, 32 octets.
  public static func sha256(key: [UInt8], message: [UInt8]) -> [UInt8] {
    var block = key.count > SHA256.blockCount ? SHA256.digest(key) : key
    block += [UInt8](repeating: 0, count: SHA256.blockCount - block.count)
    var inner = SHA256()
    inner.update(block.map { $0 ^ 0x36 })
    inner.update(message)
    var outer = SHA256()
    outer.update(block.map { $0 ^ 0x5c })
    outer.update(inner.finish())
    return outer.finish()
  }
}
