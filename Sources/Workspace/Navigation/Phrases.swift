import Findings

/// What hovers, hints and renaming say, by language.
///
/// Kept in a catalog of its own, because no rule says it. A language that lacks a phrase reads it in English.
enum Phrases {
  static func text(_ key: String, _ arguments: [(String, String)] = [], in language: String) -> String {
    let message = Message(key, arguments.map { Message.Argument($0.0, $0.1) })
    return catalog.text(of: message, rule: group, language: language)
  }

  /// A number with its thousands set apart.
  static func count(_ number: Int, in language: String) -> String {
    let mark = text("thousands", in: language)
    let digits = Array(String(number))
    return digits.indices.reduce(into: "") { out, index in
      if index > 0, (digits.count - index) % 3 == 0 { out += mark }
      out.append(digits[index])
    }
  }

  private static let group = "navigation"

  private static let catalog: MessageCatalog = {
    var catalog = MessageCatalog()
    for (language, phrases) in all { catalog.add(language: language, [group: phrases]) }
    return catalog
  }()

  /// Templates by language and key; a test holds that all languages have the same keys and names.
  static let all: [String: [String: String]] = ["en": english, "vi": vietnamese]

  private static let english = [
    "box": "left {left}, top {top}, {width} wide, {height} high, pixels",
    "point": "{x} from the left, {y} from the top, pixels",
    "polygon": "{count} corners; left {left}, top {top}, {width} wide, {height} high, pixels",
    "interval": "from {start} to {end}, {length} long",
    "cuboid": "center {x}, {y}, {z}; {length} long, {width} wide, {height} high, meters; turned by {angle}°",
    "named": "{kind} `{id}`: **{name}**",
    "unnamed": "{kind} `{id}`",
    "line": "Given in line {line}.",
    "line-in-file": "Given in {file}, line {line}.",
    "hidden": "not shown here",
    "more": "{count} more",
    "entry": "entry {number}",
    "deprecated": "No longer in use.",
    "replaced-by": "No longer in use. Use instead: {terms}.",
    "also-called": "Also called: {labels}",
    "broader": "Belongs to: {terms}",
    "when-to-use": "When to use it: {text}",
    "example": "For example: {text}",
    "changed": "What changed: {text}",
    "no-id": "Nothing here can be renamed. Put the cursor on an id.",
    "not-defined": "This id is given nowhere here, so there is nothing to rename. Correct it where it stands.",
    "defined-twice": "This id is given more than once here, so it is not clear which entry is meant. "
      + "Give each an id of its own first.",
    "several-ids": "This value is more than one kind of id at once, so it can't be renamed from here.",
    "by-place": "This id is the entry's place in its list. Move the entry to change it.",
    "other-files": "Other files of this dataset may use this id, so it can't be renamed from here.",
    "empty-name": "An id can't be empty. Type the new id.",
    "needs-number": "This id is a number. Type a number, without quotes.",
    "taken": "This id is taken already. Choose one that is free.",
    "refused": "This id can't be used here. {reason}",
    "refused-in-file": "This id can't be used in {file}. {reason}",
    "changed-file": "{file} has changed on disk or can't be read any more, so nothing was renamed. Try again.",
    "unchecked-file": "{file} is too large to be checked while it is open, so places in it would be missed. "
      + "Close it and try again.",
    "places": "{places} {places#place|places}",
    "places-in-files": "{places} places in {files} files",
    "no-places": "named nowhere",
    "unread-files": "Not all files of this dataset have been read, because that was stopped, so places would be "
      + "missed. Open one of its files anew and try again.",
    "rename-many": "Rename {id} in {files} files, {places} places",
    "rename-really": "Rename {id} in {files} files, {places} places?",
    "this-id": "this id",
    "rename": "Rename",
    "cancel": "Cancel",
    "not-renamed": "Nothing was renamed.",
    "thousands": ",",
    "out-of-date": "The text has changed since. Try again.",
    "no-file": "{file} is not there. Look whether it was moved, renamed or not brought along.",
    "at-left": "From the picture's left edge to the box's",
    "at-top": "From the picture's top edge to the box's",
    "at-right": "From the picture's left edge to the box's right one",
    "at-bottom": "From the picture's top edge to the box's bottom one",
    "at-width": "How wide the box is",
    "at-height": "How high the box is",
    "at-center-x": "From the picture's left edge to the middle of the box",
    "at-center-y": "From the picture's top edge to the middle of the box",
    "at-corner-x": "From the picture's left edge to a corner",
    "at-corner-y": "From the picture's top edge to the same corner",
    "at-opposite-x": "From the picture's left edge to the corner that lies opposite",
    "at-opposite-y": "From the picture's top edge to the corner that lies opposite",
    "at-point-x": "From the picture's left edge to the point",
    "at-point-y": "From the picture's top edge to the same point",
    "at-start": "When it begins",
    "at-end": "When it ends",
    "at-duration": "How long it is",
    "unit-px": "pixels",
    "unit-percent": "percent of the picture's size",
    "unit-unit": "parts of the picture's size, from 0 to 1",
    "unit-s": "seconds",
    "unit-ms": "milliseconds",
    "unit-other": "in {unit}",
  ]

  private static let vietnamese = [
    "box": "cách mép trái {left}, cách mép trên {top}, rộng {width}, cao {height}, điểm ảnh",
    "point": "cách mép trái {x}, cách mép trên {y}, điểm ảnh",
    "polygon": "{count} đỉnh; cách mép trái {left}, cách mép trên {top}, rộng {width}, cao {height}, điểm ảnh",
    "interval": "từ {start} đến {end}, dài {length}",
    "cuboid": "tâm {x}, {y}, {z}; dài {length}, rộng {width}, cao {height}, mét; xoay {angle}°",
    "named": "{kind} `{id}`: **{name}**",
    "unnamed": "{kind} `{id}`",
    "line": "Khai báo ở dòng {line}.",
    "line-in-file": "Khai báo trong {file}, dòng {line}.",
    "hidden": "không hiển thị ở đây",
    "more": "còn {count} mục",
    "entry": "mục {number}",
    "deprecated": "Không còn dùng.",
    "replaced-by": "Không còn dùng. Hãy dùng: {terms}.",
    "also-called": "Còn gọi là: {labels}",
    "broader": "Thuộc nhóm: {terms}",
    "when-to-use": "Khi nào dùng: {text}",
    "example": "Ví dụ: {text}",
    "changed": "Thay đổi: {text}",
    "no-id": "Ở đây không có gì để đổi tên. Hãy đặt con trỏ vào một mã.",
    "not-defined": "Mã này không được khai báo ở đâu cả, nên không có gì để đổi tên. Hãy sửa ngay tại chỗ.",
    "defined-twice": "Mã này được khai báo nhiều lần, nên không rõ mục nào được nói đến. "
      + "Trước hết hãy cho mỗi mục một mã riêng.",
    "several-ids": "Giá trị này cùng lúc là nhiều loại mã, nên không thể đổi tên từ đây.",
    "by-place": "Mã này là vị trí của mục trong danh sách. Hãy chuyển mục đi chỗ khác để đổi mã.",
    "other-files": "Các tệp khác trong bộ dữ liệu có thể dùng mã này, nên không thể đổi tên từ đây.",
    "empty-name": "Mã không được để trống. Hãy nhập mã mới.",
    "needs-number": "Mã này là một số. Hãy nhập một số, không có dấu ngoặc kép.",
    "taken": "Mã này đã được dùng. Hãy chọn một mã khác.",
    "refused": "Không thể dùng mã này ở đây. {reason}",
    "refused-in-file": "Không thể dùng mã này trong {file}. {reason}",
    "changed-file": "{file} đã thay đổi trên đĩa hoặc không đọc được nữa, nên chưa đổi tên gì. Hãy thử lại.",
    "unchecked-file": "{file} quá lớn nên không được kiểm tra khi đang mở, và các chỗ trong đó sẽ bị bỏ sót. "
      + "Hãy đóng tệp rồi thử lại.",
    "places": "{places} chỗ",
    "places-in-files": "{places} chỗ trong {files} tệp",
    "no-places": "không được nhắc đến ở đâu",
    "unread-files": "Chưa đọc hết các tệp của bộ dữ liệu vì việc đọc đã bị dừng, nên sẽ bỏ sót một số chỗ. "
      + "Hãy mở lại một tệp của bộ dữ liệu rồi thử lại.",
    "rename-many": "Đổi tên {id} trong {files} tệp, {places} chỗ",
    "rename-really": "Đổi tên {id} trong {files} tệp, {places} chỗ?",
    "this-id": "mã này",
    "rename": "Đổi tên",
    "cancel": "Hủy",
    "not-renamed": "Chưa đổi tên gì.",
    "thousands": ".",
    "out-of-date": "Văn bản đã thay đổi. Hãy thử lại.",
    "no-file": "Không thấy {file}. Hãy xem tệp có bị chuyển đi, đổi tên hoặc chưa được chép theo không.",
    "at-left": "Từ mép trái của ảnh đến mép trái của khung",
    "at-top": "Từ mép trên của ảnh đến mép trên của khung",
    "at-right": "Từ mép trái của ảnh đến mép phải của khung",
    "at-bottom": "Từ mép trên của ảnh đến mép dưới của khung",
    "at-width": "Khung rộng bao nhiêu",
    "at-height": "Khung cao bao nhiêu",
    "at-center-x": "Từ mép trái của ảnh đến giữa khung",
    "at-center-y": "Từ mép trên của ảnh đến giữa khung",
    "at-corner-x": "Từ mép trái của ảnh đến một góc",
    "at-corner-y": "Từ mép trên của ảnh đến góc đó",
    "at-opposite-x": "Từ mép trái của ảnh đến góc đối diện",
    "at-opposite-y": "Từ mép trên của ảnh đến góc đối diện",
    "at-point-x": "Từ mép trái của ảnh đến điểm",
    "at-point-y": "Từ mép trên của ảnh đến điểm đó",
    "at-start": "Lúc bắt đầu",
    "at-end": "Lúc kết thúc",
    "at-duration": "Kéo dài bao lâu",
    "unit-px": "điểm ảnh",
    "unit-percent": "phần trăm kích thước ảnh",
    "unit-unit": "phần của kích thước ảnh, từ 0 đến 1",
    "unit-s": "giây",
    "unit-ms": "mili giây",
    "unit-other": "tính bằng {unit}",
  ]
}
