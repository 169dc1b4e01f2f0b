"""What the system says when a file cannot be read or written, in a controller's words."""

from __future__ import annotations

import errno

WORDS = {
    errno.ENOSPC: "disken är full",
    errno.EDQUOT: "diskkvoten är slut",
    errno.EROFS: "mappen är skrivskyddad",
    errno.EACCES: "behörighet saknas",
    errno.EPERM: "behörighet saknas",
    errno.ENOENT: "filen eller mappen finns inte",
    errno.EISDIR: "det är en mapp",
    errno.ENOTDIR: "en del av sökvägen är ingen mapp",
    errno.EIO: "disken svarar med ett fel",
}


def reason(failure: OSError) -> str:
    """What the system says, in Swedish where a controller can do something about it."""
    words = WORDS.get(failure.errno or 0, failure.strerror or str(failure))
    return f"{words} ({failure.filename})" if failure.filename else words
