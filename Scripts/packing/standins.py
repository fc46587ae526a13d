"""Libraries that stand in for what PROJ is linked with and can never use here.

PROJ asks for libcurl, to download grids, and libtiff, to read them; those two ask for forty libraries more. A plugin's process
has no sockets, and no such grids are brought along. So the archive has two libraries with the functions that PROJ
names, each of which answers 0: no handle, no such file. PROJ takes that for a grid that is not there, as it does on a machine without one.
"""
import pathlib
import re
import subprocess

# Function prefix of the library, by the bare name of it: only what begins so is answered.
REPLACED = {"libcurl-gnutls": "curl_", "libcurl": "curl_", "libtiff": "TIFF"}


def make(soname, asker, out):
    """Writes `out/soname`, with each function that the library `asker` wants of it. Throws if it wants anything else."""
    prefix = REPLACED[soname.partition(".so")[0]]
    table = subprocess.run(["nm", "-D", "--undefined-only", asker], check=True, capture_output=True, text=True).stdout
    wanted = re.findall(rf"^\s+U ({prefix}\w+)(?:@([\w.]+))?$", table, re.MULTILINE)
    if not wanted:
        raise SystemExit(f"{asker} names no function of {soname}")
    source = "".join(f"long {name}(void) {{ return 0; }}\n" for name, _ in wanted)
    versions = sorted({version for _, version in wanted if version})
    script = "".join(
        f"{version} {{ global: {' '.join(n + ';' for n, v in wanted if v == version)} local: *; }};\n" for version in versions)
    out = pathlib.Path(out)
    map_file = out / (soname + ".map")
    map_file.write_text(script)
    command = ["cc", "-shared", "-fPIC", "-O2", "-nostdlib", "-x", "c", "-", f"-Wl,-soname,{soname}", "-o", str(out / soname)]
    if script:
        command.append(f"-Wl,--version-script={map_file}")
    subprocess.run(command, input=source, text=True, check=True)
    map_file.unlink()
    return out / soname
