import PluginKit

extension Field {
  /// A chat's list of turns, from beginning to end.
  static let turns = Field("turns")
  /// Who speaks, in the words `user`, `assistant`, `tool`.
  static let role = Field("role")
  /// Who speaks, in the words `human`, `gpt`, `observation`.
  static let fromRole = Field("from-role")
  /// What is said: text, or parts.
  static let content = Field("content")
  /// Thoughts, or the words of a refusal, beside what is said.
  static let reasoning = Field("reasoning")
  /// What the model is told about itself, beside the turns.
  static let system = Field("system")
  /// Whether a turn is learned from.
  static let weight = Field("weight")

  /// First and last letter of a part of a turn that is learned from, or not.
  static let partBegin = Field("part-begin")
  static let partEnd = Field("part-end")

  /// A call of a tool.
  static let call = Field("call")
  /// A call's id.
  static let callID = Field("call-id")
  /// The name of the tool it calls.
  static let callName = Field("call-name")
  /// What it gives the tool: JSON in a string, or a value.
  static let callArguments = Field("call-arguments")
  /// A call, or a list of them, written as JSON in a string.
  static let callText = Field("call-text")
  /// The id of the call that a tool's answer belongs to.
  static let resultOf = Field("result-of")
  /// A tool that may be called.
  static let tool = Field("tool")
  /// Its name.
  static let toolName = Field("tool-name")
  /// What its calls must give, as JSON Schema.
  static let toolParameters = Field("tool-parameters")
  /// The list of tools, written as JSON in a string.
  static let toolsText = Field("tools-text")

  /// What is asked: text, or the turns so far.
  static let prompt = Field("prompt")
  /// What an answer is held against, where the model is to find it by trying.
  static let goal = Field("goal")
  /// What belongs to a task.
  static let promptInput = Field("prompt-input")
  /// The one answer.
  static let answer = Field("answer")
  /// The better of two answers: text, a turn, or turns.
  static let chosen = Field("chosen")
  /// The worse of two answers.
  static let rejected = Field("rejected")
  /// The better answer's points.
  static let chosenScore = Field("chosen-score")
  /// The worse answer's points.
  static let rejectedScore = Field("rejected-score")
  /// How much better the better answer is.
  static let strength = Field("strength")
  /// Points of an answer from 0 to 4, from 1 to 5 and from 1 to 10.
  static let pointsOfFour = Field("points-of-four")
  static let pointsOfFive = Field("points-of-five")
  static let pointsOfTen = Field("points-of-ten")
  /// Whether an answer is to be learned or avoided.
  static let verdict = Field("verdict")
  /// An answer's steps.
  static let steps = Field("steps")
  /// Whether each step is right.
  static let stepLabels = Field("step-labels")

  /// Lists of media files.
  static let images = Field("images")
  static let videos = Field("videos")
  static let audios = Field("audios")
  /// One media file, or a list of them.
  static let image = Field("image")
  static let video = Field("video")
  static let audio = Field("audio")
}

extension Field {
  /// What form a whole sample has.
  static let layoutChat = Field("layout-chat")
  static let layoutConversation = Field("layout-conversation")
  static let layoutTask = Field("layout-task")
  static let layoutPair = Field("layout-pair")
  static let layoutCompletion = Field("layout-completion")
  static let layoutPrompt = Field("layout-prompt")
  static let layoutSteps = Field("layout-steps")
  static let layoutRated = Field("layout-rated")
  static let layoutText = Field("layout-text")
  static let layoutUnknown = Field("layout-unknown")
}

extension Field {
  /// In a list of datasets: which form a set has.
  static let formatting = Field("formatting")
  /// Whether it has two answers each.
  static let ranking = Field("ranking")
  /// The table of what members are called, and its entries.
  static let columns = Field("columns")
  static let column = Field("column")
  static let columnPrompt = Field("column-prompt")
  static let columnMessages = Field("column-messages")
  static let columnChosen = Field("column-chosen")
  static let columnRejected = Field("column-rejected")

  /// A question about a picture: its number, and which picture it is about; both stand with the answers, too.
  static let questionNumber = Field("question-number")
  static let questionPicture = Field("question-picture")
  /// The answer that counts, and those that people gave.
  static let majority = Field("majority")
  static let vote = Field("vote")

  /// A sample's own id.
  static let sampleID = Field("sample-id")
  /// What kind of part a turn's part is.
  static let partType = Field("part-type")

  /// Whether an answer refuses, as somebody has said; its points, and the reason for them.
  static let refusalLabel = Field("refusal-label")
  static let rating = Field("rating")
  static let ratingReason = Field("rating-reason")

  /// In a form: a link, its ends, and words with their boxes.
  static let edge = Field("edge")
  static let linkEnd = Field("link-end")
  static let wordText = Field("word-text")
  static let wordBox = Field("word-box")

  /// Ids of the better and the worse answer.
  static let better = Field("better")
  static let worse = Field("worse")
}
