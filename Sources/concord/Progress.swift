import ArgumentParser
import Files
import Glibc
import Reporting
import Synchronization

/// Shows on standard error how far a check has come: on a terminal a line that is drawn over, else a line every tenth.
///
/// A class, because a task of its own draws it while files are checked.
final class Progress: Sendable {
  enum When: String, CaseIterable, ExpressibleByArgument { case auto, always, never }

  private struct State {
    var bar: ProgressBar
    var isDrawn = false
    /// What was said last where nothing can be drawn over.
    var tenths = 0
    var drawing: Task<Void, Never>?
  }

  private let state: Mutex<State>
  private let sizes: [Int]
  private let isTerminal: Bool

  /// Short work is done before this, and nothing is shown of it.
  private static let patience = Duration.milliseconds(700)
  private static let pace = Duration.milliseconds(100)

  /// Begins to show it, if it is to be shown.
  init(_ inputs: [CheckInput], when: When) {
    isTerminal = isatty(2) == 1
    let isShown = when == .always || (when == .auto && isTerminal)
    sizes = isShown ? inputs.map { $0.content?.count ?? FileSystem.status(of: $0.path)?.size ?? 0 } : []
    let bytes = sizes.reduce(0) { $0.addingReportingOverflow($1).partialValue }
    state = Mutex(State(bar: ProgressBar(done: 0, all: inputs.count, bytesDone: 0, bytes: bytes)))
    guard isShown, isTerminal else { return }
    let patience = when == .always ? Duration.zero : Self.patience
    let task = Task { [weak self] in
      try? await Task.sleep(for: patience)
      while !Task.isCancelled {
        self?.draw()
        try? await Task.sleep(for: Self.pace)
      }
    }
    state.withLock { $0.drawing = task }
  }

  /// Notes that an input is checked.
  func noteDone(_ index: Int) {
    guard sizes.indices.contains(index) else { return }
    state.withLock { state in
      state.bar.done += 1
      state.bar.bytesDone += sizes[index]
      let tenths = state.bar.done * 10 / max(1, state.bar.all)
      guard !isTerminal, tenths > state.tenths else { return }
      state.tenths = tenths
      Output.complain("\(state.bar.done)/\(state.bar.all)")
    }
  }

  /// Does something that may print on the same terminal.
  func pause(_ work: () -> Void) {
    state.withLock { state in
      erase(&state)
      work()
    }
  }

  /// Takes it off the screen.
  func end() {
    state.withLock { state in
      state.drawing?.cancel()
      state.drawing = nil
      erase(&state)
    }
  }

  private func draw() {
    state.withLock { state in
      guard state.drawing != nil else { return }
      state.isDrawn = true
      // One column is left free: a full line would begin a new one on some terminals.
      let text = state.bar.text(width: max(1, (Output.width(of: 2) ?? 80) - 1))
      Output.write(Array("\r\u{1B}[K\(text)".utf8), to: 2)
    }
  }

  private func erase(_ state: inout State) {
    guard state.isDrawn else { return }
    state.isDrawn = false
    Output.write(Array("\r\u{1B}[K".utf8), to: 2)
  }
}
