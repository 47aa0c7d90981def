"""HMAC-SHA256 of many short texts, in this process or as a script of its own: it holds the interpreter's lock all the time.

As a script it reads from standard input, and writes the digests to standard output: nothing touches the disk.
"""

import hashlib
import sys
from array import array
from collections.abc import Iterable

BLOCK = 64  # bytes, of SHA-256
DIGEST = 32


def digests(secret: bytes, domain: bytes, texts: Iterable[bytes]) -> bytearray:
    """RFC 2104 over domain, 0x1F, text; the key's two blocks are hashed once: half the time of `hmac.digest`, the same bytes."""
    padded = secret.ljust(BLOCK, b"\x00")
    inner_start = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded) + domain + b"\x1f").copy
    outer_start = hashlib.sha256(bytes(byte ^ 0x5C for byte in padded)).copy
    found = bytearray()
    for text in texts:
        inner = inner_start()
        inner.update(text)
        outer = outer_start()
        outer.update(inner.digest())
        found += outer.digest()
    return found


def packed(secret: bytes, domain: bytes, texts: list[bytes]) -> bytes:
    """What the script reads: the key, the domain, the lengths of the texts, the texts."""
    lengths = array("I", map(len, texts))
    return b"".join((secret, bytes([len(domain)]), domain, len(texts).to_bytes(4, "big"), lengths.tobytes(), *texts))


def main() -> None:
    given = sys.stdin.buffer.read()
    secret, start = given[:DIGEST], DIGEST + 1 + given[DIGEST]
    count = int.from_bytes(given[start : start + 4], "big")
    lengths = array("I")
    at = start + 4 + count * lengths.itemsize
    lengths.frombytes(given[start + 4 : at])
    texts = []
    for length in lengths:
        texts.append(given[at : at + length])
        at += length
    sys.stdout.buffer.write(digests(secret, given[DIGEST + 1 : start], texts))


if __name__ == "__main__":
    main()
