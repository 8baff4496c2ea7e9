"""Reads a JSON list of texts, writes of each its number of samples (32 bits) and the samples: 16 bits, 24 kHz, one channel."""

import json
import struct
import sys

import numpy
from hibari import Hibari

voice = Hibari(threads=1)
out = sys.stdout.buffer
for text in json.load(sys.stdin):
    sound = numpy.clip(numpy.asarray(voice(text, seed=0)).reshape(-1), -1, 1)
    samples = numpy.round(sound * 32767).astype("<i2")
    out.write(struct.pack("<I", len(samples)))
    out.write(samples.tobytes())
