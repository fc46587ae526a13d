// Prints what opening and searching the index of a large vocabulary costs: `OntologyBench [terms]`. Asserts nothing.
import Foundation
import Glibc
import Ontology

/// Shop articles with names in two languages, made of words that are made of syllables: as many different ones as a real catalogue has.
struct Catalogue {
  private var state: UInt64 = 88_172_645_463_325_252
  private let syllables = [
    "mi", "sữa", "đường", "tra", "bo", "ka", "len", "tu", "ri", "so", "pha", "cha", "ne", "go", "vi", "ước",
  ]
  private let kinds = (0..<2000).map { "c\($0)" }

  private mutating func next(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }

  /// Some words stand in many names, most in few.
  private mutating func word() -> String {
    var number = next(next(4) == 0 ? 200_000 : 3000) + 16
    var word = ""
    while number > 0 {
      word += syllables[number % 16]
      number /= 16
    }
    return word
  }

  private mutating func name(_ words: Int) -> String {
    (0..<words).map { _ in word() }.joined(separator: " ") + " \(1 + next(90))\(["0 g", " kg", "0 ml", " l"][next(4)])"
  }

  mutating func term(_ number: Int) -> Term {
    var term = Term(id: "893" + String(1_000_000_000 + number).dropFirst() + "\(next(10))")
    term.prefLabels = [
      Term.Label(language: "vi", text: name(2 + next(3))), Term.Label(language: "en", text: name(2 + next(3))),
    ]
    if next(3) == 0 { term.altLabels = [Term.Label(language: "vi", text: name(2))] }
    term.broader = [kinds[next(kinds.count)]]
    term.isDeprecated = next(20) == 0
    return term
  }
}

func milliseconds(_ duration: Duration) -> String {
  String(format: "%.2f ms", Double(duration.components.attoseconds) / 1e15 + Double(duration.components.seconds) * 1e3)
}

/// The time this thread had a processor for: what others do on the machine is not in it.
func processorTime(_ body: () -> Void) -> Duration {
  func now() -> Duration {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
  let start = now()
  body()
  return now() - start
}

/// The memory of this process that is its own or shared fairly, in megabytes.
func memory() -> String {
  let lines = (try? String(contentsOfFile: "/proc/self/smaps_rollup", encoding: .utf8)) ?? ""
  let kilobytes = lines.split(separator: "\n").first { $0.hasPrefix("Pss:") }
    .flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) }
  return "\((kilobytes ?? 0) / 1024) MB"
}

/// The file in memory, for as long as the index is used.
func open(_ path: String) -> CompiledVocabulary? {
  let descriptor = unsafe Glibc.open(path, O_RDONLY)
  var status = stat()
  guard descriptor >= 0, unsafe fstat(descriptor, &status) == 0 else { return nil }
  defer { close(descriptor) }
  let count = Int(status.st_size)
  guard let start = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), unsafe start != MAP_FAILED else {
    return nil
  }
  let address = UInt(bitPattern: start)
  return unsafe CompiledVocabulary(unsafe UnsafeRawBufferPointer(start: start, count: count)) {
    unsafe _ = munmap(UnsafeMutableRawPointer(bitPattern: address), count)
  }
}

let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000_000
let path = FileManager.default.temporaryDirectory.appendingPathComponent("concord-ontology-\(getpid()).bin").path
let clock = ContinuousClock()

if CommandLine.arguments.count > 2 {
  // The child opens what the parent compiled, so that its memory is the reader's alone.
  let file = CommandLine.arguments[2]
  var opened: CompiledVocabulary?
  let load = clock.measure { opened = open(file) }
  guard let opened else { exit(1) }
  print("open \(milliseconds(load)), \(opened.count) terms, memory \(memory())")
  var index = TermIndex(opened)
  func measure(_ name: String, _ body: () -> Int) {
    var times: [Duration] = []
    var found = 0
    for _ in 0..<15 { times.append(processorTime { found = body() }) }
    let sorted = times.sorted()
    print(
      "\(name): first \(milliseconds(times[0])), median \(milliseconds(sorted[7])), slowest of 15 \(milliseconds(sorted[14])), \(found) found"
    )
  }
  func measure(_ query: String, _ what: String, under branch: TermBranch? = nil) {
    measure("\(what) `\(query)`") { index.search(query, languages: ["vi"], under: branch).count }
  }
  let queries = [
    ("8", "id prefix"), ("8930", "id prefix"), ("8930005", "id prefix"), ("s", "prefix"), ("su", "prefix"),
    ("suamitra", "prefix"), ("mi tra", "two words"),
    ("tra s", "two words"), ("s t", "two words"), ("duongbo 100", "two words"), ("s t m", "three words"),
    ("zuamitra", "typo"), ("suamitrx", "typo"),
    ("dunogmi", "typo"), ("duonghmi trabox", "typos"), ("xyzabc", "nothing"), ("qqqqqqqq wwwwwwww", "nothing"),
  ]
  for (query, what) in queries { measure(query, what) }
  for id in ["c7", "none"] {
    let branch = index.branch(id)
    measure("branch \(id), \(branch.count) terms") { index.branch(id).count }
    measure("s", "prefix in it", under: branch)
    measure("mi tra", "two words in it", under: branch)
  }
  measure("did you mean `suamitra boka 100 g`") { index.suggestions(for: "suamitra boka 100 g").count }
  measure("did you mean `8930000000123`") { index.suggestions(for: "8930000000123").count }
  measure("look up") { index.term("89300000001239") == nil ? 0 : 1 }
  var changed = Term(id: "new")
  changed.prefLabels = [Term.Label(language: "vi", text: "Đường mới")]
  measure("lay one change over") {
    index = index.applying(VocabularyChange(changed: [changed]))
    return index.overlayCount
  }
  measure("dunogmi", "typo with a change")
  print("memory \(memory())")
} else {
  var catalogue = Catalogue()
  let terms = (0..<count).map { catalogue.term($0) }
  var bytes: [UInt8] = []
  let compile = clock.measure {
    bytes = CompiledVocabulary.compile(Vocabulary(id: "catalogue", version: "1", terms: terms))
  }
  print("compile \(count) terms \(milliseconds(compile)), \(bytes.count >> 20) MB, memory \(memory())")
  try Data(bytes).write(to: URL(fileURLWithPath: path))
  let child = Process()
  child.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
  child.arguments = ["\(count)", path]
  try child.run()
  child.waitUntilExit()
  try FileManager.default.removeItem(atPath: path)
}
