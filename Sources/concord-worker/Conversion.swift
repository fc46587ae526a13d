import CConcordPlugin
import WorkerProtocol

// From the plugin's structs to answers. Each gives nil for what is not well formed: the host calls drop and count it.

extension WirePlace {
  init(_ place: concord_place) { self.init(record: place.record, start: place.start, end: place.end) }
}

extension WireMessage {
  init?(_ message: concord_message) {
    guard let key = unsafe text(message.key),
      let items = unsafe list(message.arguments, message.argument_count, limit: Limits.arguments)
    else { return nil }
    self.init(key: key)
    for index in items.indices {
      let item = unsafe items[index]
      guard let name = unsafe text(item.name), let value = unsafe text(item.value) else { return nil }
      arguments.append(Argument(name: name, value: value))
    }
  }
}

extension WireEdit {
  init?(_ edit: concord_edit) {
    guard let action = unsafe UInt8(exactly: edit.action).flatMap(Action.init(rawValue:)),
      let key = unsafe text(edit.key),
      let value = unsafe text(edit.value), let after = unsafe text(edit.after)
    else { return nil }
    unsafe self.init(
      action: action, place: WirePlace(edit.place), key: key, value: Array(value.utf8), after: after, index: edit.index)
  }
}

extension WireFinding.Fix {
  init?(_ fix: concord_fix) {
    guard let title = unsafe WireMessage(fix.title), let argument = unsafe text(fix.argument),
      let items = unsafe list(fix.edits, fix.edit_count, limit: Limits.fixEdits)
    else { return nil }
    unsafe self.init(
      title: title, isCertain: fix.is_certain == 1, scope: fix.scope, recipe: fix.recipe, argument: argument)
    for index in items.indices {
      let item = unsafe items[index]
      guard let edit = unsafe WireEdit(item) else { return nil }
      edits.append(edit)
    }
  }
}

extension WireFinding {
  init?(_ finding: UnsafePointer<concord_finding>) {
    guard unsafe finding.pointee.size >= MemoryLayout<concord_finding>.size,
      let message = unsafe WireMessage(finding.pointee.message), let fold = unsafe text(finding.pointee.fold),
      let relatedItems = unsafe list(finding.pointee.related, finding.pointee.related_count, limit: Limits.places),
      let fixItems = unsafe list(finding.pointee.fixes, finding.pointee.fix_count, limit: Limits.fixes)
    else { return nil }
    unsafe self.init(
      rule: finding.pointee.rule, severity: finding.pointee.severity, place: WirePlace(finding.pointee.place),
      message: message, fold: finding.pointee.has_fold == 1 ? fold : nil)
    for index in relatedItems.indices {
      let item = unsafe relatedItems[index]
      guard let message = unsafe WireMessage(item.message) else { return nil }
      unsafe related.append(Related(place: WirePlace(item.place), message: message))
    }
    for index in fixItems.indices {
      let item = unsafe fixItems[index]
      guard let fix = unsafe Fix(item) else { return nil }
      fixes.append(fix)
    }
  }
}

extension WireSketch {
  init?(_ rule: UInt32, _ sketch: UnsafePointer<concord_sketch>) {
    let given = unsafe sketch.pointee
    guard unsafe given.size >= MemoryLayout<concord_sketch>.size, let start = unsafe given.keys,
      unsafe (1...Limits.sketchKeys).contains(given.key_count)
    else { return nil }
    let keys = unsafe Array(UnsafeBufferPointer(start: start, count: given.key_count))
    unsafe self.init(rule: rule, kind: given.kind, keys: keys, place: WirePlace(given.place))
  }
}

extension WireClaim {
  init?(_ claim: UnsafePointer<concord_claim>) {
    let given = unsafe claim.pointee
    guard unsafe given.size >= MemoryLayout<concord_claim>.size,
      let parts = unsafe list(given.subject, given.subject_count, limit: Limits.places), !parts.isEmpty,
      let value = unsafe text(given.value)
    else { return nil }
    let subject = unsafe parts.compactMap { unsafe text($0) }
    let texts = unsafe [
      given.property, given.modality, given.by, given.origin, given.pass, given.at, given.batch, given.language,
      given.team,
    ].compactMap { unsafe text($0) }
    guard subject.count == parts.count, texts.count == WireClaim.textCount else { return nil }
    unsafe self.init(
      place: WirePlace(given.place), subject: subject, texts: texts, value: Array(value.utf8),
      confidence: given.confidence.isNaN ? nil : given.confidence)
  }
}
