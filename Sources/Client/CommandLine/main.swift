// bitim: the words of the registry's users.
import BitimClient
import BitimSystem
import Foundation

/// Runs one command line; returns the exit status.
func run(_ words: [String]) async -> Desk.End {
  let environment = ProcessInfo.processInfo.environment
  var language = Start.language(environment)
  if words == ["--version"] {
    // What it speaks is `bitim.v1`; a server's own schema is in `bitim admin status`.
    Output.write("bitim \(Version.text), bitim.v1\n")
    return .done
  }
  if words.starts(with: CompletionCommand.asking) {
    let typed = Array(words.dropFirst(CompletionCommand.asking.count))
    let found = CompletionCommand.words(for: typed, profiles: Profile.names)
    Output.write(found.map { $0 + "\n" }.joined())
    return .done
  }
  do {
    let start = try Start(words, environment)
    language = start.language
    guard let command = start.command else {
      Output.show(Help.overview(language))
      return start.asksForHelp ? .done : .usage
    }
    if start.asksForHelp {
      Output.show(command.help.page(language, beside: start.positions))
      return .done
    }
    // Of what stands first, words and no values, each is looked at; values of options come later.
    try Usage(of: command).check(Array(start.rest.prefix { !$0.hasPrefix("-") }))
    if let end = try command.runHere(start.rest, start) { return end }
    let desk = try start.desk()
    do {
      let end = try await command.run(start.rest, desk)
      if start.hasToken { await desk.warnOfTokensEnd() }
      return end
    } catch let failure as CallFailure {
      return desk.end(failure)
    }
  } catch let end as Desk.End {
    return end
  } catch let fault as Arguments.Fault {
    Output.complain("bitim: " + fault.text.filled(language, fault.arguments))
  } catch let fault as Sheet.Fault {
    Output.complain("bitim: " + fault.text.filled(language, fault.arguments))
  } catch let fault as Profile.Fault {
    Output.complain("bitim: " + fault.text.filled(language, fault.arguments))
  } catch let failure as CopyPlace.Failure {
    Output.complain("bitim: " + failure.said(language))
    return .failed
  } catch {
    Output.complain("bitim: \(error)")
    return .failed
  }
  return .usage
}

// A reader that goes away (`| head`) is no error of ours.
signal(SIGPIPE, SIG_DFL)
exit(await run(Array(CommandLine.arguments.dropFirst())).rawValue)
