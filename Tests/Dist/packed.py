#!/usr/bin/env python3
"""What was packed, tried where nothing else is. Usage: packed.py ARCHIVE PACKAGE [NAME OF A TEST]...

`make dist-test` runs it. Needs mmdebstrap, and the rights to enter another tree.
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "Scripts/packing"))
import loader  # noqa: E402
from conversation import Editor, edits_of  # noqa: E402
from tree import Tree  # noqa: E402

ARCHIVE, PACKAGE = (pathlib.Path(p).resolve() for p in sys.argv[1:3]) if len(sys.argv) > 2 else (None, None)


def place(finding):
    start = finding["range"]["start"]
    return start["line"], start["character"]


def is_base(path):
    """Whether a file is of the libraries that are everywhere, some of which lie under longer names (`libstdc++.so.6.0.30`)."""
    return any(re.fullmatch(re.escape(name) + r"[0-9.]*", pathlib.Path(path).name) for name in loader.BASE)


class Unpacked(unittest.TestCase):
    """A fresh tree for all tests of a class, with the archive unpacked by the user as INSTALL.md says."""

    @classmethod
    def setUpClass(cls):
        cls.tree = Tree()
        cls.addClassCleanup(cls.tree.leave)
        shutil.copy(ARCHIVE, cls.tree.outside("/tmp/concord.tar.gz"))
        cls.tree.run("tar xzf /tmp/concord.tar.gz")
        cls.home = f"{cls.tree.home}/{ARCHIVE.name.removesuffix('.tar.gz')}"
        cls.tree.path = f"{cls.home}/bin:{cls.tree.path}"
        cls.examples = f"{cls.home}/share/concord/examples"

    def run_in(self, line, status=0, **where):
        return self.tree.run(line, status, **where)


class LoaderFaults(unittest.TestCase):
    """The reader of what files ask for says so when one asks for too much; else its silence would mean nothing."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        with tarfile.open(ARCHIVE) as packed:
            packed.extractall(scratch.name, filter="fully_trusted")
        self.tree = next(pathlib.Path(scratch.name).iterdir())
        self.program = self.tree / "bin/concord-media"

    def faults_after(self, *change):
        subprocess.run(["patchelf", *change, str(self.program)], check=True)
        return loader.faults_of_tree(self.tree)[1]

    def test_a_library_that_nobody_brings(self):
        self.assertEqual(self.faults_after("--add-needed", "libnowhere.so.1"),
                         ["bin/concord-media asks for libnowhere.so.1, which is not in lib"])

    def test_a_place_outside(self):
        for place in ("/usr/lib/swift/linux", "$ORIGIN/../../../..", "relative"):
            self.assertEqual(self.faults_after("--set-rpath", place),
                             [f"bin/concord-media looks for libraries in {place}"])

    def test_a_library_that_is_gone_or_in_vain(self):
        (self.tree / "lib/libexif.so.12").rename(self.tree / "lib/libvain.so.1")
        self.assertEqual(loader.faults_of_tree(self.tree)[1], [
            "bin/concord-media asks for libexif.so.12, which is not in lib",
            "lib/libvain.so.1 is called libexif.so.12 by those who ask for it", "lib/libvain.so.1 is asked for by nobody"])

    def test_a_system_that_is_too_new(self):
        newest = loader.CEILINGS["GLIBC"]
        self.addCleanup(loader.CEILINGS.__setitem__, "GLIBC", newest)
        loader.CEILINGS["GLIBC"] = (2, 17)
        self.assertTrue(any(f.startswith("bin/concord asks for GLIBC_2.") for f in loader.faults_of_tree(self.tree)[1]))

    def test_what_was_built_may_not_ask_for_more_either(self):
        products = self.tree / "bin"
        shutil.copy(self.tree / "share/concord/plugins/Vision/libVisionPlugin.so", products)
        self.assertEqual(loader.faults_of_built(products)[1], [])
        subprocess.run(["patchelf", "--add-needed", "libcurl.so.4", str(products / "libVisionPlugin.so")], check=True)
        self.assertEqual(loader.faults_of_built(products)[1], [
            "libVisionPlugin.so asks for libcurl.so.4: no archive of Concord brings it (Scripts/packing/loader.py)"])


class Alone(Unpacked):
    """Everything that is needed is in the archive."""

    def test_the_tree_has_nothing_of_ours(self):
        packages = self.run_in("dpkg-query -W -f '${Package}\\n'").split()
        self.assertFalse([p for p in packages if p.endswith("-dev") or "swift" in p or "python3" in p])
        libraries = self.run_in("find /lib /usr /opt -name 'lib*.so*' -printf '%f\\n'").split()
        wanted = {name for path in (self.tree.outside(self.home) / "lib").iterdir() for name in [path.name]}
        mine = sorted(wanted & set(libraries))
        # What Debian's own smallest tree has is not used either: see the next test.
        self.assertFalse([n for n in mine if "swift" in n or "geos" in n or "proj" in n or "json-c" in n], mine)
        self.assertFalse(self.tree.has("swift") or self.tree.has("python3") or self.tree.has("cc"))

    def test_only_the_archives_libraries_are_loaded(self):
        """The loader's own word, of the server and all its processes at work."""
        folder = f"{self.examples}/geospatial/mistakes"
        editor = Editor(self.tree, folder)
        for name in ("scene.json", "radar-item.json", "shapes.geojson"):
            editor.open(f"{folder}/{name}")
            editor.findings(f"{folder}/{name}", lambda found: found)
        loaded = editor.mapped()
        self.assertEqual(editor.close(), 0)
        strangers = {p for p in loaded if not p.startswith(self.home) and not is_base(p)}
        self.assertEqual(strangers, set())
        names = {pathlib.Path(p).name for p in loaded}
        self.assertLessEqual({"libswiftCore.so", "libGeospatialSARPlugin.so", "libpcre2-8.so.0"}, names)
        self.assertTrue(any(n.startswith("libproj.so") for n in names) and any(n.startswith("libgeos.so") for n in names))

    def test_every_file_asks_for_what_is_there(self):
        files, faults = loader.faults_of_tree(self.tree.outside(self.home))
        self.assertEqual(faults, [])
        self.assertGreaterEqual(len(files), 9)

    def test_every_plugin_loads_and_is_the_one_described(self):
        for descriptor in sorted(self.tree.outside(self.home).glob("share/concord/plugins/*/plugin.json")):
            name = json.loads(descriptor.read_text()).get("library")
            if name:
                folder = f"{self.home}/share/concord/plugins/{descriptor.parent.name}"
                said = self.run_in(f"concord-worker --describe {folder}/lib{name}.so")
                self.assertEqual(said, (descriptor.parent / "rules.json").read_text(), name)

    def test_check_finds_in_the_examples_what_a_build_finds(self):
        """Beside the mistakes planted in them, nothing is said: no plugin that does not load, no check that could not run."""
        report = json.loads(self.tree.run("concord check --format json share/concord/examples 2>/dev/null", 1, folder=self.home))
        found = {finding["rule"] for file in report["files"] for finding in file["findings"]}
        for rule in ("retail-sku/gtin-check-digit", "agreement/disagrees", "geospatial-sar/utm-zone",
                     "geospatial-sar/fusion-footprint", "vision/media-size-disagrees"):
            self.assertIn(rule, found)
        self.assertFalse([r for r in found if r.startswith("concord/")], "a plugin failed")
        ids = {plugin["id"] for plugin in report["run"]["plugins"]}
        self.assertEqual(ids, {"geospatial-sar", "instruction-data", "medical-imaging", "retail-sku", "speech", "vision"})

    def test_the_tables_of_the_earth_are_the_archives(self):
        """Without them no zone is known, and the check of zones finds nothing."""
        line = f"concord check --format jsonl {self.examples}/geospatial/mistakes"
        table = f"{self.home}/share/proj"
        self.assertIn("geospatial-sar/utm-zone", self.run_in(line, 1))
        self.run_in(f"mv {table} {table}.away")
        try:
            self.assertNotIn("geospatial-sar/utm-zone", self.run_in(line, 1))
        finally:
            self.run_in(f"mv {table}.away {table}")

    def test_doctor_tells_of_the_confinement(self):
        text = self.run_in(f"concord doctor --require-sandbox {self.examples}/geospatial/harbour.json")
        self.assertIn(f"{self.home}/share/concord/plugins/GeospatialSAR", text)
        self.assertRegex(text, r"code kept +Plugin code runs in processes of its own that read their own folder")
        self.assertIn("nothing else: no other file, no network, no other program", text)

    def test_a_plugin_with_code_is_installed_and_runs(self):
        """The library is loaded from memory then, and still finds what it was linked with."""
        said = self.run_in(f"concord plugin install {self.home}/share/concord/plugins/GeospatialSAR")
        self.assertIn("Installed geospatial-sar", said)
        try:
            self.assertIn(f"{self.tree.home}/.local/share/concord/plugins/geospatial-sar", self.run_in("concord plugin list", 2))
            text = self.run_in(f"concord check --format jsonl {self.examples}/geospatial/mistakes", 1)
            self.assertIn("geospatial-sar/utm-zone", text)
        finally:
            self.run_in("rm -r .local/share/concord/plugins")

    def test_the_page_tells_what_works(self):
        """Every line in its blocks is typed, by a user of a fresh home folder who has got the archive."""
        page = self.tree.read(f"{self.home}/INSTALL.md")
        blocks = re.findall(r"^```sh\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
        self.assertEqual(len(blocks), 3)
        fresh = Tree()
        self.addCleanup(fresh.leave)
        fresh.path = f"{fresh.home}/.local/bin:{fresh.path}"
        fresh.make_folder(f"{fresh.home}/Downloads")
        shutil.copy(ARCHIVE, fresh.outside(f"{fresh.home}/Downloads"))
        for line in "".join(blocks).splitlines():
            finds = line.startswith("concord check")
            said = fresh.run(line, 1 if finds else 0, folder=f"{fresh.home}/Downloads")
            self.assertEqual("gtin-check-digit" in said and "error" in said, finds, line)
        self.assertIn("my-labels", fresh.run("concord plugin list"))

    def test_it_works_from_any_folder_and_over_a_link(self):
        self.run_in("mkdir -p 'some where' && cp -r %s 'some where/c' && ln -s '../some where/c/bin/concord' some\\ where/link"
                    % self.home)
        for program in ("some where/c/bin/concord", "some where/link"):
            text = self.run_in(f"'./{program}' check --format jsonl {self.examples}/shelf/shelf.json", 1)
            self.assertIn("retail-sku/gtin-check-digit", text)

    def test_every_licence_is_there(self):
        folder = self.tree.outside(self.home) / "share/licences"
        page = (folder / "README.md").read_text()
        for name in [path.name for path in (self.tree.outside(self.home) / "lib").iterdir()]:
            self.assertIn(name, page)
        for name in set(re.findall(r"\]\(([^)]+)\)", page)):
            self.assertTrue(any(p.stat().st_size > 100 for p in (folder / name).iterdir()), name)

    def test_the_same_tree_packs_to_the_same_bytes(self):
        import archive
        with tempfile.TemporaryDirectory() as scratch:
            scratch = pathlib.Path(scratch)
            with tarfile.open(ARCHIVE) as packed:
                packed.extractall(scratch, filter="fully_trusted")
                moment = packed.getmembers()[0].mtime
            tree = next(scratch.iterdir())
            archive.pack(tree, scratch / "again.tar.gz", moment)
            self.assertEqual((scratch / "again.tar.gz").read_bytes(), ARCHIVE.read_bytes())


class Annotator(Unpacked):
    def test_first_ten_minutes(self):
        """Is told what is wrong, takes a fix, types another; both are gone, and the command line agrees."""
        self.run_in(f"cp -r {self.examples}/shelf .")
        path = f"{self.tree.home}/shelf/shelf.json"
        editor = Editor(self.tree, f"{self.tree.home}/shelf")
        editor.open(path)
        of = lambda rule: lambda found: [f for f in found if f.get("code") == rule]
        turned, barcode = of("vision/media-size-disagrees"), of("retail-sku/gtin-check-digit")
        found = editor.findings(path, lambda found: turned(found) and barcode(found))
        self.assertIn("Width and height are exchanged", turned(found)[0]["message"])
        fix = next(a for a in editor.actions(path, turned(found)[0]) if edits_of(a, self.tree.uri(path)))
        self.assertEqual(fix["title"], "Write the file's size, 480 × 640")
        # The last edit in the file first, as editors make them.
        for edit in sorted(edits_of(fix, self.tree.uri(path)), key=place, reverse=True):
            editor.replace(path, edit)
        found = editor.findings(path, lambda found: not turned(found) and barcode(found))
        wrong = barcode(found)[0]
        self.assertIn("This barcode can't be right: with these digits the last one is 5, not 8.", wrong["message"])
        last = wrong["range"]["end"]
        digit = lambda beside: {"line": last["line"], "character": last["character"] - beside}
        editor.replace(path, {"range": {"start": digit(2), "end": digit(1)}, "newText": "5"})
        left = editor.findings(path, lambda found: place(wrong) not in map(place, barcode(found)))
        self.assertTrue(left, "other findings stay")
        editor.save(path)
        self.assertEqual(editor.close(), 0)
        report = json.loads(self.run_in("concord check --format json shelf/shelf.json 2>/dev/null", 1))
        rules = [(f["rule"], place(f)) for f in report["files"][0]["findings"]]
        self.assertEqual(sorted(rules), sorted((f["code"], place(f)) for f in left))


class Maintainer(Unpacked):
    # As spreadsheets save it where the comma is for decimals.
    LIST = "\ufeffid;name;name_vi;synonyms\r\nboot;Boot;Ủng;\r\nsandal;Sandal;Dép;flip-flop\r\n"

    def test_first_ten_minutes(self):
        """From a spreadsheet to squiggles, and what was tried is given to an annotator as one file; a week later, one label more."""
        self.tree.write(f"{self.tree.home}/labels.csv", self.LIST)
        said = self.run_in("concord plugin new shoes --data-only --list labels.csv")
        self.assertIn("2 labels", said)
        self.run_in("concord plugin test shoes")
        self.assertIn("all well", self.run_in("concord plugin verify shoes"))
        self.give("shoes-0.1.0")

        path = f"{self.tree.home}/work/day1.json"
        self.tree.write(path, '{"format": "shoes", "items": [\n  {"id": "1", "picture": "1.jpg", "label": "snadal"},\n'
                              '  {"id": "2", "picture": "2.jpg", "label": "clog"}]}\n')
        editor = Editor(self.tree, f"{self.tree.home}/work")
        editor.open(path)
        found = editor.findings(path, lambda found: len(found) == 2)
        lines = self.tree.read(path).splitlines()
        self.assertEqual(sorted(map(place, found)), [(1, lines[1].index('"snadal"')), (2, lines[2].index('"clog"'))])
        finding = min(found, key=place)
        self.assertIn("snadal", finding["message"])
        fix = next(a for a in editor.actions(path, finding) if edits_of(a, self.tree.uri(path)))
        for edit in edits_of(fix, self.tree.uri(path)):
            editor.replace(path, edit)
        self.assertIn('"sandal"', editor.texts[path])
        editor.findings(path, lambda found: len(found) == 1)
        editor.save(path)
        self.assertEqual(editor.close(), 0)

        own = f"{self.tree.home}/shoes"
        lists = [p for p in self.tree.outside(own).glob("ontologies/*") if "sandal" in p.read_text()]
        kept = str(lists[0]).removeprefix(str(self.tree.root))
        self.tree.write(kept, self.tree.read(kept) + "clog;Clog;Guốc;\r\n")
        self.tree.write(f"{own}/plugin.json", self.tree.read(f"{own}/plugin.json").replace('"0.1.0"', '"0.2.0"'))
        self.give("shoes-0.2.0")
        self.assertIn("shoes 0.2.0", self.run_in("concord plugin list"))
        self.run_in("concord check work")

    def give(self, name):
        """Packs the plugin; whoever gets the file looks at it and installs it."""
        said = self.run_in("concord plugin pack shoes")
        file = re.search(rf"in (?:\./)?({name}[^ ]*)\.$", said, re.MULTILINE)[1]
        self.assertIn("all well", self.run_in(f"concord plugin verify {file}"))
        self.assertIn("Installed shoes", self.run_in(f"concord plugin install {file}"))


class PluginMaker(Unpacked):
    def test_a_plugin_in_c_is_built_against_the_archive_and_runs_elsewhere(self):
        """Built here, where there is a compiler, with the archive's header; packed; installed in the tree, which has none."""
        with tempfile.TemporaryDirectory() as scratch:
            program = str(self.tree.outside(self.home) / "bin/concord")
            environment = {"HOME": scratch, "PATH": f"{pathlib.Path(program).parent}:/usr/bin:/bin", "LANG": "C.UTF-8"}
            for line in ("concord plugin new mine --c", "sh mine/build.sh", "concord plugin test mine", "concord plugin pack mine"):
                subprocess.run(line.split(), check=True, cwd=scratch, env=environment, stdout=subprocess.DEVNULL)
            packed = next(pathlib.Path(scratch).glob("mine-*"))
            file = f"{self.tree.home}/{packed.name}"
            self.tree.write(file, packed.read_bytes())
            self.assertIn("all well", self.run_in(f"concord plugin verify {file}"))
            self.assertIn("SHA-256", self.run_in(f"concord plugin install {file}"))
            self.tree.write(f"{self.tree.home}/bad.json", (pathlib.Path(scratch) / "mine/Examples/bad.json").read_text())
        self.assertRegex(self.run_in("concord check --format jsonl bad.json", 1), r'"mine/[a-z-]+"')

    def test_what_swift_plugins_are_built_with_is_there_without_links(self):
        kit = self.tree.outside(self.home) / "share/concord/PluginKit"
        self.assertTrue(list((kit / "Sources/PluginKit").glob("*.swift")))
        self.assertTrue((kit / "Package.swift").exists() and (kit / ".swift-version").exists())
        self.assertTrue((kit / "Sources/CConcordPlugin/include/module.modulemap").exists())
        self.assertEqual([str(p) for p in self.tree.outside(self.home).rglob("*") if p.is_symlink()], [])


class Reviewer(Unpacked):
    def test_first_ten_minutes(self):
        """Sees what teams disagree about, the most frequent kind first; decides one with a reason; the report counts it."""
        self.run_in(f"cp -r {self.examples}/street-scene street")
        text = self.run_in("concord check street", 1)
        kinds = [line for line in text.splitlines() if re.search(r": \d+ things?$", line)]
        self.assertTrue(kinds and text.splitlines().index(kinds[0]) == 0, "disagreements come first")
        amounts = [int(re.search(r"(\d+) things?$", line)[1]) for line in kinds]
        self.assertEqual(amounts, sorted(amounts, reverse=True))

        folder = f"{self.tree.home}/street"
        path, decisions = f"{folder}/captions/objects.jsonl", f"{folder}/concord.decisions.jsonl"
        editor = Editor(self.tree, folder, actor="rev-1", role="reviewer", scope="workspace")
        disagrees = lambda found: [f for f in found if f.get("code") == "agreement/disagrees" and '"bus"' in f["message"]]
        finding = disagrees(editor.findings(path, disagrees))[0]
        editor.open(path, "jsonl")
        finding = disagrees(editor.findings(path, disagrees))[0]
        accept = next(a for a in editor.actions(path, finding) if a["title"].startswith("This is right, because"))
        line = edits_of(accept, self.tree.uri(decisions))[0]["newText"]
        self.assertIn('"reason": ""', line)
        self.tree.write(decisions, line.replace('"reason": ""', '"reason": "the picture was taken a minute later"'))
        self.assertEqual(editor.close(), 0)

        summaries = []
        for form in ("json", "jsonl", "sarif", "github"):
            self.assertIn("agreement", self.run_in(f"concord check --format {form} street 2>/dev/null", 1))
        report = json.loads(self.run_in("concord check --format json street 2>/dev/null", 1))
        summaries.append(report["summary"])
        self.assertGreaterEqual(report["summary"]["accepted"], 1)
        (self.tree.outside(decisions)).unlink()
        before = json.loads(self.run_in("concord check --format json street 2>/dev/null", 1))["summary"]
        self.assertEqual(before["accepted"], 0)
        self.assertEqual(before["error"] - report["summary"]["error"], report["summary"]["accepted"])


class Package(unittest.TestCase):
    def test_the_debian_package_installs_and_works(self):
        tree = Tree()
        self.addCleanup(tree.leave)
        shutil.copy(PACKAGE, tree.outside("/tmp/concord.deb"))
        depends = subprocess.run(
            ["dpkg-deb", "--field", str(PACKAGE), "Depends"], check=True, capture_output=True, text=True).stdout
        self.assertEqual(sorted(re.findall(r"(\S+) \(", depends)), ["libc6", "libgcc-s1", "libstdc++6"])
        tree.run("dpkg --install /tmp/concord.deb", user=0)
        self.assertEqual(tree.run("command -v concord").strip(), "/usr/bin/concord")
        examples = "/usr/lib/concord/share/concord/examples"
        text = tree.run(f"concord check --format jsonl {examples}/geospatial/mistakes {examples}/shelf", 1)
        self.assertIn("geospatial-sar/utm-zone", text)
        self.assertIn("retail-sku/gtin-check-digit", text)
        editor = Editor(tree, f"{examples}/shelf")
        editor.open(f"{examples}/shelf/shelf.json")
        editor.findings(f"{examples}/shelf/shelf.json", lambda found: found)
        strangers = {p for p in editor.mapped() if not p.startswith("/usr/lib/concord/") and not is_base(p)}
        self.assertEqual(editor.close(), 0)
        self.assertEqual(strangers, set())
        tree.run("dpkg --purge concord", user=0)
        self.assertFalse(tree.outside("/usr/lib/concord").exists())


if __name__ == "__main__":
    if ARCHIVE is None:
        sys.exit(__doc__)
    unittest.main(warnings="ignore", argv=["packed.py", "-v", *sys.argv[3:]])
