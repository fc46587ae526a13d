import PluginKit

extension Field {
  /// A unique identifier: numbers with points between them.
  static let uid = Field("uid")
  static let studyUID = Field("study-uid")
  static let seriesUID = Field("series-uid")
  /// The same, written again at a deeper level.
  static let nestedStudyUID = Field("nested-study-uid")
  static let nestedSeriesUID = Field("nested-series-uid")
  /// What kind of object it is, as a unique identifier.
  static let sopClass = Field("sop-class")
  /// The kind of machine, in DICOM's letters.
  static let modality = Field("dicom-modality")

  /// A code with its list and meaning, whatever it says.
  static let coded = Field("coded")
  /// What a drawn region is: its sort, its type, where it is, and the sides of both.
  static let segment = Field("segment")
  static let segmentNumber = Field("segment-number")
  static let segmentCategory = Field("segment-category")
  static let segmentType = Field("segment-type")
  static let segmentSide = Field("segment-side")
  static let segmentRegion = Field("segment-region")
  static let regionSide = Field("region-side")
  static let algorithmType = Field("algorithm-type")
  static let algorithmName = Field("algorithm-name")
  /// What a finding is called over time, and its own identifier.
  static let trackingName = Field("tracking-name")
  static let trackingUID = Field("tracking-uid")
  /// Lists of regions by mask file, and the names of those files.
  static let segmentGroups = Field("segment-groups")
  static let segmentFiles = Field("segment-files")

  /// Where a measured finding is, and on which side.
  static let findingSite = Field("finding-site")
  static let siteSide = Field("site-side")
  static let measuredValue = Field("measured-value")
  static let measuredQuantity = Field("measured-quantity")
  static let measuredUnit = Field("measured-unit")

  /// Channels by number; labels by name, and by number.
  static let channelNames = Field("channel-names")
  static let labelNumbers = Field("label-numbers")
  static let labelNames = Field("label-names")
  static let trainingCount = Field("training-count")
  static let testCount = Field("test-count")
  static let trainingList = Field("training-list")
  static let validationList = Field("validation-list")
  static let testList = Field("test-list")
  static let testingList = Field("testing-list")
  static let caseTable = Field("case-table")
  static let caseImages = Field("case-images")
  static let regionOrder = Field("region-order")
  /// Boxes of a case, and the class of each.
  static let caseBoxes = Field("case-boxes")
  static let boxLabels = Field("box-labels")

  /// An attribute of a DICOM object as JSON, and one whose name has small letters.
  static let attribute = Field("dicom-attribute")
  static let lowerCaseTag = Field("lower-case-tag")
  /// An attribute that may tell who the patient is; a name that may.
  static let identifyingAttribute = Field("identifying-attribute")
  static let identifyingName = Field("identifying-name")
  /// Whether everything that tells who the patient is was taken out.
  static let identityRemoved = Field("identity-removed")

  /// A labelled note: its text, an entity in it, its study.
  static let noteText = Field("note-text")
  static let noteEntity = Field("note-entity")
  static let noteStudy = Field("note-study")
  static let noteAccession = Field("note-accession")
  /// The words of a label.
  static let noteWords = Field("note-words")

  /// What a measurement is of.
  static let measuredFinding = Field("measured-finding")
  /// The day of a study.
  static let studyDay = Field("study-day")
  /// Six numbers: where an image's rows lead, and where its columns do. Two: the distances of its pixels.
  static let imageOrientation = Field("image-orientation")
  static let pixelSpacing = Field("pixel-spacing")
  /// The same in letters; which side an image shows, and from where it was taken.
  static let patientOrientation = Field("patient-orientation")
  static let imageLaterality = Field("image-laterality")
  static let viewPosition = Field("view-position")
  /// A picture's file, and what its list says of the view.
  static let picturePath = Field("picture-path")
  static let pictureView = Field("picture-view")

  /// A number under a finding's name: 1, 0, -1 or empty.
  static let chestLabel = Field("chest-label")

  /// Times, in seconds.
  static let repetition = Field("seconds-repetition")
  static let echo = Field("seconds-echo")
  static let inversion = Field("seconds-inversion")
  static let sliceTimes = Field("slice-times")
  static let frameStarts = Field("frame-starts")
  static let frameDurations = Field("frame-durations")

  /// What was found, where, on which side, and whether it is there.
  static let concept = Field("finding-concept")
  static let findingPlace = Field("finding-place")
  static let findingSide = Field("finding-side")
  static let presence = Field("finding-presence")
  static let longAxis = Field("long-axis")
  static let shortAxis = Field("short-axis")
  static let solidPart = Field("solid-part")
  static let noduleType = Field("nodule-type")
  static let noduleStatus = Field("nodule-status")
  static let category = Field("category")
  static let categorySystem = Field("category-system")
  static let categoryVersion = Field("category-version")
  static let categoryValue = Field("category-value")
  /// The series and the image that a note speaks of.
  static let citedSeries = Field("cited-series")
  static let imageNumber = Field("image-number")

  /// Who read an image, by a made-up name.
  static let readerName = Field("reader-name")
  /// A sample of a study, the further readings in it, and what such a reading is about.
  static let studySample = Field("study-sample")
  static let readings = Field("readings")
  static let readingPass = Field("reading-pass")
  static let readingLabels = Field("reading-of")
  /// A label's own name.
  static let labelID = Field("label-id")
  /// The category of the whole examination.
  static let examSystem = Field("exam-system")
  static let examVersion = Field("exam-version")
  static let examValue = Field("exam-value")
  /// Whose study it is, by a made-up name, and what the study is for.
  static let patient = Field("patient")
  static let split = Field("sample-split")
  /// How a picture was taken, and which breast it shows.
  static let view = Field("view")
  static let breast = Field("breast-side")
}

/// The plugin's lists of terms.
enum Vocabulary {
  static let laterality = "medical-laterality"
  static let modalities = "medical-modalities"
  static let segments = "medical-segments"
  static let findings = "medical-findings"
  static let places = "medical-places"
  static let units = "medical-units"
  static let categories = "medical-categories"
  static let lungRADS = "medical-lung-rads"
}
