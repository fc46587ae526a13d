import JSONCodec
import JSONRPC
import LanguageServerProtocol
import Workspace

/// Files that the editor makes, moves or deletes: names in labels follow, and what is known of the files is looked at again.
///
/// Registered for what labels name and for files of labels, by their endings, and for folders, which may hold such.
enum FileOperations {
  private static let pictures = "png,jpg,jpeg,gif,bmp,webp,tif,tiff,dcm,nii,gz"
  private static let sounds = "wav,flac,mp3,ogg,opus,m4a"
  private static let films = "mp4,avi,mov,mkv,webm"
  private static let points = "pcd,las,laz,ply,bin,npy"
  private static let labels = "json,jsonl,ndjson,jsonlines,manifest,csv,tsv,rttm,ctm,stm"

  /// The capability for one of the six messages; none where the client does not send it.
  static func capability(_ operation: String, for client: ClientCapabilities) -> [JSONValue.Member] {
    guard client.tells(ofFiles: operation) else { return [] }
    let endings = [pictures, sounds, films, points, labels].joined(separator: ",")
    let filters: JSONValue = [
      [
        "scheme": "file",
        "pattern": [
          "glob": .string("**/*.{\(endings)}"), "matches": "file", "options": ["ignoreCase": true],
        ],
      ],
      ["scheme": "file", "pattern": ["glob": "**", "matches": "folder"]],
    ]
    return [.init("workspace", ["fileOperations": .object([.init(operation, ["filters": filters])])])]
  }
}

/// The edits by which names follow, before files get other paths. Where much would change, the person looks at it first.
enum WillRenameFilesFeature: GlobalFeature {
  static let method = "workspace/willRenameFiles"
  static let support = [
    Support(
      .fileOperations, "Names of pictures, sounds, lists and folders follow when they are moved",
      test: "FileOperationTests/namesOfAPictureFollow")
  ]
  static let effect = Effect.reads(.workspace)
  private static let placesWithoutAsking = 50

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    FileOperations.capability("willRename", for: client)
  }

  static func respond(
    to params: RenameFilesParams, in context: ServerContext
  ) async throws(ResponseError) -> WorkspaceEdit? {
    let edits = await context.engine.edits(forMoves: params.files.map { ($0.oldUri, $0.newUri) })
    guard !edits.isEmpty else { return nil }
    let count = edits.reduce(0) { $0 + $1.edits.count }
    guard count > placesWithoutAsking, context.session.client.confirmsEdits else {
      return context.session.workspaceEdit(edits)
    }
    return context.session.workspaceEdit(edits, confirmedAs: "Change \(count) places that name what is moved")
  }
}

enum DidRenameFilesFeature: NotificationFeature {
  static let method = "workspace/didRenameFiles"
  static let support = [
    Support(
      .fileOperations, "Names of pictures, sounds, lists and folders follow when they are moved",
      test: "FileOperationTests/namesOfAPictureFollow")
  ]

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    FileOperations.capability("didRename", for: client)
  }

  static func receive(_ params: RenameFilesParams, in server: LanguageServer) async {
    await server.engine.noteMoved(params.files.flatMap { [$0.oldUri, $0.newUri] })
  }
}

enum DidCreateFilesFeature: NotificationFeature {
  static let method = "workspace/didCreateFiles"
  static let support = [
    Support(
      .fileOperations, "what came to be is looked at",
      test: "FileOperationTests/aPictureThatComesBackIsSeen")
  ]

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    FileOperations.capability("didCreate", for: client)
  }

  static func receive(_ params: FilesParams, in server: LanguageServer) async {
    await server.engine.noteMoved(params.files.map(\.uri))
  }
}

/// Changes nothing: labels of a file that is gone may be wanted elsewhere. Says how many places name it.
enum WillDeleteFilesFeature: GlobalFeature {
  static let method = "workspace/willDeleteFiles"
  static let support = [
    Support(
      .fileOperations, "what names a file that is deleted is counted",
      test: "FileOperationTests/whatNamesADeletedPictureIsTold")
  ]
  static let effect = Effect.reads(.workspace)

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    FileOperations.capability("willDelete", for: client)
  }

  static func respond(to params: FilesParams, in context: ServerContext) async throws(ResponseError) -> WorkspaceEdit? {
    let (places, files) = await context.engine.namings(of: params.files.map(\.uri))
    guard places > 0 else { return nil }
    let words =
      "\(places) \(places == 1 ? "place names" : "places name") what is deleted, in \(files) "
      + "\(files == 1 ? "file" : "files"). The labels stay as they are."
    context.connection.notify("window/showMessage", LogMessageParams(type: 2, message: words))
    return nil
  }
}

enum DidDeleteFilesFeature: NotificationFeature {
  static let method = "workspace/didDeleteFiles"
  static let support = [
    Support(
      .fileOperations, "what names a file that is deleted is counted",
      test: "FileOperationTests/whatNamesADeletedPictureIsTold")
  ]

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    FileOperations.capability("didDelete", for: client)
  }

  static func receive(_ params: FilesParams, in server: LanguageServer) async {
    await server.engine.noteMoved(params.files.map(\.uri))
  }
}
