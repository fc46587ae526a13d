import PluginKit

/// A question and its answers, in two files, that don't meet.
struct QAJoinIncomplete: RecordRule {
  static let info = RuleInfo(
    id: "qa-join-incomplete", severity: .warning,
    summary: "A question and its answers have the same number and the same picture, each in its own file.",
    why:
      "Programs join the two files by number: what finds no partner is left out, and a wrong partner teaches a wrong answer.",
    source:
      "The VQA form. Only pictures that stand in both files of a dataset count, so that files for learning and for examining may lie side by side.",
    message:
      "No question has the number {id}, though there are others about this picture. Programs leave this answer out: check the number.",
    messages: [
      "unanswered": "Nobody has answered this question, though others about the same picture are answered.",
      "picture":
        "This answer belongs to another picture than its question: the question is about {theirs}. Check the number, and the picture.",
      "question": "The question",
    ],
    good: [
      files(questions: question(1, 7) + ", " + question(2, 7), answers: answer(1, 7) + ", " + answer(2, 7)),
      files(questions: question(1, 7) + ", " + question(2, 8), answers: answer(1, 7)),
      files(questions: question(1, 7), answers: answer(1, 7) + ", " + answer(9, 9)),
    ],
    bad: [
      files(questions: question(1, 7), answers: answer(1, 7) + ", " + answer("⟪3⟫", 7)),
      files(questions: question(1, 7) + ", " + question("⟪2⟫", 7), answers: answer(1, 7)),
      files(questions: question(1, 7) + ", " + question(2, 8), answers: answer(1, 7) + ", " + answer(2, "⟪7⟫")),
    ])
  static let reads = Reads(
    fields: [.questionNumber, .questionPicture, .vote],
    lookups: [.definition(of: .questionNumber), .definition(of: .questionPicture)])

  func check(_ record: Record, _ report: inout Report) {
    guard let id = record.first(.questionNumber), let picture = record.first(.questionPicture) else { return }
    let isAnswer = record.first(.vote) != nil
    guard let other = record.facts(.definition(of: .questionNumber)).first else {
      guard !record.facts(.definition(of: .questionPicture)).isEmpty else { return }
      return isAnswer
        ? report.finding(at: id, "", ["id": id.value.scalarText ?? ""])
        : report.finding(at: id, "unanswered", severity: .information)
    }
    // Said once, at the answer.
    guard isAnswer, let own = picture.value.scalarText else { return }
    let pictures = record.facts(.definition(of: .questionNumber)).compactMap { Self.text(of: $0.exports["image_id"]) }
    guard let theirs = pictures.first, !pictures.contains(where: { $0.utf8.elementsEqual(own.utf8) }) else { return }
    report.finding(
      at: picture, "picture", ["theirs": theirs], severity: .error, related: [Related(at: other, "question")])
  }

  private static func text(of value: JSON?) -> String? {
    switch value {
    case .string(let text): text
    case .number(let number): Int(exactly: number).map(String.init)
    default: nil
    }
  }

  // MARK: Examples

  private static func question(_ id: Any, _ picture: Int) -> String {
    #"{"question_id": \#(id), "image_id": \#(picture), "question": "How many cups?"}"#
  }

  private static func answer(_ id: Any, _ picture: Any) -> String {
    #"{"question_id": \#(id), "image_id": \#(picture), "answers": [{"answer": "2"}]}"#
  }

  private static func files(questions: String, answers: String) -> String {
    """
    //- concord.json
    {}
    //- answers.json
    {"annotations": [\(answers)]}
    //- questions.json
    {"questions": [\(questions)]}
    """
  }
}
