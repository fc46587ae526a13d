import PluginKit

extension Field {
  /// An id for which programs take 0 as "nothing", in a list that may be numbered anew.
  static let countedID = Field("counted-id")
  /// An id that is a color in a picture, where 0 is black: nothing.
  static let colorID = Field("color-id")
  /// Whether scoring is to leave it out.
  static let ignored = Field("ignored")
  /// How many of the marked points are there.
  static let keypointCount = Field("keypoint-count")
  /// The category of a label that has marked points.
  static let keypointCategory = Field("keypoint-category")
  /// Of a category: the names of its points.
  static let keypointNames = Field("keypoint-names")
  /// Of a category: pairs of points that are joined, counted from 1.
  static let skeleton = Field("skeleton")
}

extension Field {
  /// Whether people are in it.
  static let showsPeople = Field("shows-people")
  /// What was done so that nobody can recognise them.
  static let anonymisation = Field("anonymisation")
  /// The last day it may be kept.
  static let retention = Field("retention")
  /// Who may see it.
  static let access = Field("access")
}

extension Field {
  /// Numbers in hundredths of the picture's width, and of its height.
  static let percentX = Field("percent-x")
  static let percentY = Field("percent-y")
  /// Points in hundredths of both.
  static let percentPoints = Field("percent-points")
  /// Whether a track's shape was drawn in its picture, not worked out from others.
  static let keyframe = Field("keyframe")
  /// Points as two lists.
  static let listX = Field("list-x")
  static let listY = Field("list-y")
  /// A list of labels, and the list beside it that says something of each.
  static let parallelList = Field("parallel-list")
  static let parallelNotes = Field("parallel-notes")
  /// The names of numbers, and such a number.
  static let classNames = Field("class-names")
  static let classNumber = Field("class-number")
}

extension Field {
  /// Of a name that labels may have: what may be said of such objects.
  static let allowedAttributes = Field("allowed-attributes")
  /// What may be said of any object.
  static let commonAttributes = Field("common-attributes")
  /// What is said of an object, under the names of attributes.
  static let scopedAttributes = Field("scoped-attributes")
  /// A tag of an object, and of a whole picture.
  static let objectTag = Field("object-tag")
  static let pictureTag = Field("picture-tag")
}

extension Field {
  /// The number of a class where the file lists its classes, and where a label names one.
  static let listedClass = Field("listed-class")
  static let usedClass = Field("used-class")
  /// Of a model's result: the picture it is about, and how sure the model was.
  static let resultPicture = Field("result-picture")
  static let resultScore = Field("result-score")
  /// What a sample is for.
  static let split = Field("split")
  /// The visit or recording that samples come from.
  static let session = Field("session")
}
