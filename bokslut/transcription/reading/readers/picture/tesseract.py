"""Tesseract: one reading of one picture."""

from __future__ import annotations

import io
import os
import shutil
import subprocess

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bokslut.transcription.reading.stream import NotRead

DPI = 300
SCALE = DPI / 72
SECONDS = 120
"""The longest that one reading of a page may take."""
Picture = NDArray[np.uint8]


def program() -> str:
    """The path of Tesseract.

    Raises NotRead: it is not installed, or lacks Swedish.
    """
    found = shutil.which("tesseract")
    if not found:
        raise NotRead(
            "Sidorna är bilder, och Tesseract som läser dem saknas: "
            "apt-get install tesseract-ocr tesseract-ocr-swe."
        )
    return found


def tesseract(picture: Image.Image, *arguments: str) -> list[list[str]]:
    """The rows of Tesseract's table of words for a picture.

    Raises NotRead: it fails or takes too long.
    """
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    try:
        done = subprocess.run(
            [program(), "stdin", "stdout", *arguments, "tsv"],
            input=buffer.getvalue(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={"OMP_THREAD_LIMIT": "1", "PATH": os.environ.get("PATH", "")}
            | {k: v for k, v in os.environ.items() if k == "TESSDATA_PREFIX"},
        )
    except subprocess.TimeoutExpired as late:
        raise NotRead(f"En sida tog mer än {SECONDS} sekunder att läsa.") from late
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        raise NotRead(
            f"Tesseract kunde inte läsa en sida: {told[-1] if told else done.returncode}."
        )
    rows = [line.split("\t") for line in done.stdout.decode(errors="replace").splitlines()[1:]]
    return [row for row in rows if len(row) == 12]
