import FuzzBodies

/// libFuzzer's own main. The package manager gives each program's entry a name of its own.
@_silgen_name("LLVMFuzzerRunDriver")
func run(
  _ count: UnsafeMutablePointer<CInt>,
  _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

/// What the linker takes for `main`.
@_cdecl("fuzz_frames_main")
public func entry(
  _ count: CInt, _ words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> CInt {
  var count = count
  var words = words
  return run(&count, &words) { start, count in
    FuzzBodies.frames(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
  }
}
