#!/usr/bin/env python3
"""Packs EditorConfigs/vscode into the file that VS Code installs. Usage: pack-vsix.py [OUTPUT]

An OPC package as `vsce` writes it: `extension.vsixmanifest`, `[Content_Types].xml`, and the extension below `extension/`.
The same files give the same bytes. Prints the path.
"""
import json
import pathlib
import sys
import zipfile
from xml.sax.saxutils import escape, quoteattr

root = pathlib.Path(__file__).resolve().parent.parent
folder = root / "EditorConfigs" / "vscode"
package = json.loads((folder / "package.json").read_text())
types = {".json": "application/json", ".js": "application/javascript", ".md": "text/markdown", ".txt": "text/plain",
         ".vsixmanifest": "text/xml"}


def contents():
    """The extension's files by their names in the package."""
    files = {"package.json": folder / "package.json", "lines.json": folder / "lines.json", "README.md": folder / "README.md",
             "LICENSE.txt": root / "LICENSE"}
    for path in sorted((folder / "src").rglob("*.js")):
        files[path.relative_to(folder).as_posix()] = path
    return {"extension/" + name: path.read_bytes() for name, path in files.items()}


def manifest():
    properties = {
        "Microsoft.VisualStudio.Code.Engine": package["engines"]["vscode"],
        "Microsoft.VisualStudio.Code.ExtensionDependencies": "",
        "Microsoft.VisualStudio.Code.ExtensionPack": "",
        "Microsoft.VisualStudio.Code.ExtensionKind": ",".join(package["extensionKind"]),
    }
    listed = "".join(f"<Property Id={quoteattr(name)} Value={quoteattr(value)} />" for name, value in properties.items())
    identity = (f'<Identity Language="en-US" Id={quoteattr(package["name"])} Version={quoteattr(package["version"])} '
                f'Publisher={quoteattr(package["publisher"])} />')
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">'
        f'<Metadata>{identity}<DisplayName>{escape(package["displayName"])}</DisplayName>'
        f'<Description xml:space="preserve">{escape(package["description"])}</Description>'
        f'<Tags>{escape(",".join(package["keywords"]))}</Tags><Categories>{escape(",".join(package["categories"]))}</Categories>'
        f'<GalleryFlags>Public</GalleryFlags><Properties>{listed}</Properties>'
        '<License>extension/LICENSE.txt</License></Metadata>'
        '<Installation><InstallationTarget Id="Microsoft.VisualStudio.Code" /></Installation><Dependencies /><Assets>'
        '<Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true" />'
        '<Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true" />'
        '<Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE.txt" Addressable="true" />'
        '</Assets></PackageManifest>\n')


def content_types():
    defaults = "".join(f'<Default Extension="{ending}" ContentType="{kind}" />' for ending, kind in sorted(types.items()))
    return ('<?xml version="1.0" encoding="utf-8"?>'
            f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{defaults}</Types>\n')


def check_version():
    """The extension and the program are released together."""
    source = (root / "Sources" / "concord" / "Concord.swift").read_text()
    if f'let concordVersion = "{package["version"]}"' not in source:
        sys.exit(f"EditorConfigs/vscode/package.json says {package['version']}, Sources/concord/Concord.swift says otherwise")


def main():
    check_version()
    output = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else root / "dist" / f"concord-{package['version']}.vsix"
    output.parent.mkdir(parents=True, exist_ok=True)
    files = {"extension.vsixmanifest": manifest().encode(), "[Content_Types].xml": content_types().encode(), **contents()}
    with zipfile.ZipFile(output, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    print(output)


main()
