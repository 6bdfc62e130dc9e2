"""Prepares a folder of CT slices as the published Python pipeline does, or tuned; prints one JSON line with its own figures.

usage: reference_prepare.py published|tuned <folder> <passes>

"published" keeps the tutorial's own code (float window, resize to 512 x 512, Pillow's defaults), one slice at a time.
"tuned" is the same result with a lookup table, no resize of a 512 x 512 slice, and compress_level=1.
"""

import json
import os
import resource
import sys
import time
from io import BytesIO

import numpy as np
import pydicom
from PIL import Image

CENTER, WIDTH = -600, 1500


def published(dataset):
    hu = dataset.pixel_array.astype(float) * getattr(dataset, "RescaleSlope", 1) + getattr(dataset, "RescaleIntercept", 0)
    low, high = CENTER - WIDTH // 2, CENTER + WIDTH // 2
    windowed = ((np.clip(hu, low, high) - low) / (high - low) * 255).astype(np.uint8)
    image = Image.fromarray(windowed).resize((512, 512), Image.Resampling.LANCZOS)
    buffer = BytesIO()
    image.save(buffer, format="PNG")
    return buffer.getvalue()


TABLES = {}


def tuned(dataset):
    key = (float(dataset.RescaleSlope), float(dataset.RescaleIntercept))
    if key not in TABLES:
        stored = np.arange(65536, dtype=np.uint16).view(np.int16).astype(float)
        low, high = CENTER - WIDTH // 2, CENTER + WIDTH // 2
        TABLES[key] = ((np.clip(stored * key[0] + key[1], low, high) - low) / (high - low) * 255).astype(np.uint8)
    windowed = TABLES[key][dataset.pixel_array.view(np.uint16)]
    buffer = BytesIO()
    Image.fromarray(windowed).save(buffer, format="PNG", compress_level=1)
    return buffer.getvalue()


def main():
    variant, folder, passes = {"published": published, "tuned": tuned}[sys.argv[1]], sys.argv[2], int(sys.argv[3])
    figures = []
    for _ in range(passes):
        wall, usage = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
        datasets = sorted((pydicom.dcmread(os.path.join(folder, name)) for name in os.listdir(folder)), key=lambda d: d.InstanceNumber)
        sizes = [len(variant(dataset)) for dataset in datasets]
        after = resource.getrusage(resource.RUSAGE_SELF)
        cpu = after.ru_utime + after.ru_stime - usage.ru_utime - usage.ru_stime
        figures.append({"wallMs": (time.perf_counter() - wall) * 1000, "cpuMs": cpu * 1000})
    total = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({
        "slices": len(sizes), "pngBytes": sum(sizes), "passes": figures, "peakMiB": total.ru_maxrss / 1024,
        "processCpuMs": (total.ru_utime + total.ru_stime) * 1000,
    }))


main()
