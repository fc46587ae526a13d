import Manifest
import PluginHost

extension PluginDescriptor.Dialect {
  /// How its files are read.
  var grammar: Syntax {
    switch syntax {
    case "jsonl": .jsonl
    case "csv": .csv
    case "words": .words(wordGrammar)
    default: .json
    }
  }

  private var wordGrammar: WordGrammar {
    let columns = columns.map { column in
      WordGrammar.Column(
        column.name, isNumber: column.kind == "number",
        opens: column.kind.utf8.count == 1 ? column.kind.utf8.first : nil
      )
    }
    return WordGrammar(columns, comment: comment, absent: absent, takesRest: self.columns.last?.kind == "rest")
  }
}
