import Manifest

/// Steps that try places and may take back what they noted: `anyOf`, `oneOf`, `not`, `if`.
///
/// Of branches that all fail, the one the person meant keeps its faults. A property that tells the branches apart decides
/// before any of them is tried; otherwise the branch that fails by the least does.
extension Machine {
  mutating func cut(to lengths: Choice.Lengths) {
    if faults.count > lengths.faults { faults.removeLast(faults.count - lengths.faults) }
    if marks.count > lengths.marks { marks.removeLast(marks.count - lengths.marks) }
    if seen.count > lengths.seen { seen.removeLast(seen.count - lengths.seen) }
  }

  mutating func notStep(_ top: Int, _ step: Step) -> Bool {
    if frames[top].phase == 0 {
      frames[top].phase = 1
      choices.append(Choice(lengths))
      if enterHere(top, step.a) { return true }
    }
    let start = choices.removeLast().start
    let isValid = faults.count == start.faults
    cut(to: start)
    if isValid, missing == start.missing {
      faults.append(Fault(code: .not, place: frames[top].place, node: frames[top].node))
    }
    return false
  }

  mutating func conditionStep(_ top: Int, _ step: Step) -> Bool {
    if frames[top].phase == 0 {
      frames[top].phase = 1
      choices.append(Choice(lengths))
      if enterHere(top, step.a) { return true }
    }
    guard frames[top].phase == 1 else { return false }
    frames[top].phase = 2
    let start = choices[choices.count - 1].start
    choices.removeLast()
    let isValid = faults.count == start.faults
    if !isValid { cut(to: start) }
    // What holds only because a value is not written yet may not hold for long: neither branch is said to apply.
    if isValid, missing != start.missing { return false }
    let target = isValid ? step.b : step.c
    return target != noIndex && enterHere(top, target)
  }

  mutating func choiceStep(_ top: Int, _ step: Step, isOneOf: Bool) -> Bool {
    if frames[top].phase == 0 {
      frames[top].phase = 1
      var choice = Choice(lengths)
      choice.candidates = candidates(step, frames[top].node)
      choices.append(choice)
    }
    let node = frames[top].node
    while true {
      let current = choices.count - 1
      if choices[current].isOpen { closeBranch(node) }
      if choices[current].valid > 0, !isOneOf, !frames[top].isTracking { break }
      let candidates = choices[current].candidates
      let position = frames[top].phase - 1
      if position >= candidates.map({ UInt32(clamping: $0.count) }) ?? step.b - step.a {
        guard choices[current].tried == 0, !choices[current].ignoresDiscriminators else { break }
        // Each branch wants another value of some property: say so, but note what the nearest branch would.
        choices[current].explanation = explain(step, node, place: frames[top].place)
        choices[current].ignoresDiscriminators = true
        if step.b - step.a > ChoiceIndex.leastBranches {
          choices[current].candidates = Array(0..<UInt32(clamping: ChoiceIndex.leastBranches))
        }
        frames[top].phase = 1
        continue
      }
      frames[top].phase += 1
      let branch = candidates?[Int(position)] ?? position
      if !choices[current].ignoresDiscriminators, isExcluded(step, branch, node) { continue }
      openBranch()
      if enterHere(top, code.placeList[Int(step.a + branch)]) { return true }
    }
    finishChoice(node, place: frames[top].place, isOneOf: isOneOf)
    return false
  }

  mutating func openBranch() {
    let current = choices.count - 1
    choices[current].branch = lengths
    choices[current].isOpen = true
    choices[current].tried += 1
  }

  mutating func closeBranch(_ node: UInt32) {
    let current = choices.count - 1
    choices[current].isOpen = false
    let (start, branch, valid) = (choices[current].start, choices[current].branch, choices[current].valid)
    if faults.count == branch.faults {
      choices[current].valid += 1
      // The first that fits replaces the best that did not.
      if valid == 0 { drop(from: start, to: branch) }
      return
    }
    if valid > 0 {
      cut(to: branch)
      return
    }
    weigh(current, node)
    let cost = cost(from: branch.faults, node)
    if cost < choices[current].bestCost {
      choices[current].bestCost = cost
      drop(from: start, to: branch)
    } else {
      cut(to: branch)
    }
  }

  /// Removes a middle part of the logs.
  private mutating func drop(from start: Choice.Lengths, to end: Choice.Lengths) {
    if start.faults < end.faults { faults.removeSubrange(start.faults..<end.faults) }
    if start.marks < end.marks { marks.removeSubrange(start.marks..<end.marks) }
    if start.seen < end.seen { seen.removeSubrange(start.seen..<end.seen) }
  }

  /// Notes whether the branch failed by one thing only that can be said for all branches together.
  private mutating func weigh(_ current: Int, _ node: UInt32) {
    let start = choices[current].branch.faults
    let only = faults.count == start + 1 && faults[start].node == node ? faults[start] : nil
    if let only, only.code == .type {
      choices[current].types.insert(TypeMask(rawValue: UInt8(truncatingIfNeeded: only.detail)))
    } else {
      choices[current].onlyTypes = false
    }
    if let only, only.code == .assertion, code.assertions[Int(only.detail)].operation == .constants {
      choices[current].sets.append(code.assertions[Int(only.detail)].operand)
    } else if let only, only.code == .constantUnion {
      choices[current].sets += unions[Int(only.detail)]
    } else {
      choices[current].onlyConstants = false
    }
  }

  /// How far off a failed branch is. A wrong kind of value is far off; something deep inside is close.
  private func cost(from start: Int, _ node: UInt32) -> Int {
    var cost = 0
    for fault in faults[start...].prefix(64) {
      let isHere = fault.node == node
      switch fault.code {
      case .type where isHere: cost += 1000
      case .required, .dependentRequired: cost += isHere ? 12 : 6
      case .additionalMember, .unevaluatedMember, .notAllowed: cost += 12
      case .discriminator: cost += 40
      case .assertion where code.assertions[Int(fault.detail)].operation == .constants: cost += isHere ? 20 : 40
      case .constantUnion: cost += isHere ? 20 : 40
      default: cost += isHere ? 8 : 6
      }
    }
    return cost
  }

  mutating func finishChoice(_ node: UInt32, place: UInt32, isOneOf: Bool) {
    let choice = choices.removeLast()
    if choice.valid > 1, isOneOf {
      faults.append(Fault(code: .oneOfMany, place: place, node: node, detail: UInt32(clamping: choice.valid)))
    }
    guard choice.valid == 0, choice.tried > 0 else { return }
    let single: Fault
    if let explanation = choice.explanation {
      single = explanation
    } else if choice.onlyTypes {
      single = Fault(code: .type, place: place, node: node, detail: UInt32(choice.types.rawValue))
    } else if choice.onlyConstants {
      unions.append(choice.sets)
      single = Fault(code: .constantUnion, place: place, node: node, detail: UInt32(clamping: unions.count - 1))
    } else {
      return
    }
    faults.removeLast(faults.count - choice.start.faults)
    faults.append(single)
  }
}
