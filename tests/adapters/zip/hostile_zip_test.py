#!/usr/bin/env python3
"""Archives nobody honest makes: hostile_zip_test.py ZIP_PROBE. Each is refused, with a reason that names it."""
import io
import pathlib
import shutil
import stat
import struct
import subprocess
import sys
import tempfile
import unittest
import warnings
import zipfile

PROBE = sys.argv.pop(1)


def archive(*entries, method=zipfile.ZIP_DEFLATED, comment=b""):
    out = io.BytesIO()
    warnings.simplefilter("ignore")  # zipfile warns of duplicate names, which are meant here.
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in entries:
            made.writestr(name, content)
        made.comment = comment
    return out.getvalue()


class Hostile(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="anjie-zip-"))

    def tearDown(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def probe(self, content):
        path = self.folder / "it.zip"
        path.write_bytes(content)
        done = subprocess.run([PROBE, str(path)], capture_output=True, text=True, timeout=60, check=False)
        return done.returncode, done.stdout

    def refused(self, content, reason):
        code, said = self.probe(content)
        self.assertEqual(code, 3, said)
        self.assertIn(reason, said)

    def test_an_honest_archive_is_read(self):
        code, said = self.probe(archive(("a.txt", "hello"), ("folder/文书.json", "{}"), comment=b"made by somebody"))
        self.assertEqual((code, said), (0, "a.txt 5\nfolder/文书.json 2\n"))
        code, _ = self.probe(archive(("a", "x"), method=zipfile.ZIP_STORED))
        self.assertEqual(code, 0)

    def test_a_bomb_is_refused_by_its_ratio(self):
        self.refused(archive(("bomb", b"\0" * (20 << 20))), "200 to 1")

    def test_a_large_entry_is_refused_by_its_size(self):
        self.refused(archive(("large", b"\0" * (65 << 20)), method=zipfile.ZIP_STORED), "more than 67108864")

    def test_a_crowd_of_entries_is_refused(self):
        self.refused(archive(*[(f"{i}", "") for i in range(100_000)]), "100000 entries")

    def test_names_are_held_to_plain_relative_paths(self):
        for name, reason in [("/etc/passwd", "not relative"), ("../up", "no plain path"), ("a/../../b", "no plain path"),
                             ("a//b", "no plain path"), ("./a", "no plain path"), ("c:/a", "not relative"),
                             ("a\\b", "backslash"), ("folder/", "directory"), ("a\nb", "control characters"),
                             ("x" * 300, "300 bytes")]:
            info = zipfile.ZipInfo("placeholder")
            info.filename = name  # Past the constructor, which would tidy it.
            self.refused(archive((info, "")), reason)

    def test_duplicates_are_refused_also_by_case(self):
        self.refused(archive(("a", "1"), ("a", "2")), "already exists")
        self.refused(archive(("README", "1"), ("readme", "2")), "two entries")

    def test_links_are_refused(self):
        info = zipfile.ZipInfo("link")
        info.create_system = 3
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        self.refused(archive((info, "/etc/passwd")), "link")

    def test_encrypted_entries_are_refused(self):
        content = bytearray(archive(("a", "hello")))
        for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            content[content.index(signature) + flags] |= 1
        self.refused(bytes(content), "encrypted")

    def test_other_methods_are_refused(self):
        self.refused(archive(("a", "hello" * 100), method=zipfile.ZIP_LZMA), "another method")

    def test_a_wrong_checksum_is_found(self):
        content = bytearray(archive(("a", "hello"), method=zipfile.ZIP_STORED))
        content[content.index(b"hello")] = ord("j")
        self.refused(bytes(content), "damaged")

    def test_a_lie_about_the_size_is_found(self):
        for lie in (10_000, 600):
            content = bytearray(archive(("a", "hello" * 500)))
            struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, lie)
            struct.pack_into("<I", content, content.index(b"PK\x03\x04") + 22, lie)
            self.refused(bytes(content), "damaged")

    def test_overlapping_entries_are_refused(self):
        # Ten names for one local entry: the directory's lines are copied, each under another name.
        whole = archive(("aa", bytes(range(256)) * 40), method=zipfile.ZIP_STORED)
        begin = whole.index(b"PK\x01\x02")
        end = whole.index(b"PK\x05\x06")
        line = whole[begin:end]
        lines = b"".join(line.replace(b"aa", b"a" + bytes([ord("a") + i])) for i in range(10))
        tail = bytearray(whole[end:])
        struct.pack_into("<HHI", tail, 8, 10, 10, len(lines))
        code, said = self.probe(whole[:begin] + lines + bytes(tail))
        self.assertEqual(code, 3, said)

    def test_a_truncated_archive_is_refused(self):
        whole = archive(("a", "hello"), ("b", "world"))
        for length in (0, 1, 21, 22, len(whole) // 2, len(whole) - 1):
            self.refused(whole[:length], "damaged")

    def test_no_archive_at_all_is_refused(self):
        self.refused(b"%PDF-1.7 is no archive" * 10, "damaged")
        self.assertEqual(subprocess.run([PROBE, str(self.folder / "missing")], capture_output=True, check=False).returncode, 3)


if __name__ == "__main__":
    unittest.main(verbosity=1)
