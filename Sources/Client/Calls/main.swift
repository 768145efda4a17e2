// bitim-rpc: looks at any server that speaks the protocol, or plain ttrpc, and calls it. For
// programmers; people who keep the registry use `bitim`.
import BitimClient
import BitimProtocol
import Foundation

let words: Words
do {
  words = try Words(Words.typed())
} catch {
  Terminal.complain("bitim-rpc: \(error.text)\n\n\(Words.usage)")
  exit(2)
}
if words.asksVersion {
  Terminal.say("bitim-rpc \(BitimClient.version), bitim.rpc.v1")
  exit(0)
}
if words.asksHelp || words.command == nil {
  Terminal.say(Words.usage)
  exit(words.asksHelp ? 0 : 2)
}
signal(SIGPIPE, SIG_IGN)
do {
  switch words.command {
  case .list: try await ListCommand(words).run()
  case .describe: try await DescribeCommand(words).run()
  case .call, .trace: try await CallCommand(words).run()
  case nil: break
  }
} catch let fault as Words.Fault {
  Terminal.complain("bitim-rpc: \(fault.text)")
  exit(2)
} catch let fault as Requests.Fault {
  Terminal.complain("bitim-rpc: \(fault.text)")
  exit(2)
} catch let failure as CallFailure {
  exit(FailureReport(words, failure).print())
} catch {
  Terminal.complain("bitim-rpc: \(error)")
  exit(2)
}
