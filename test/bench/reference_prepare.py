"""Prepares a folder of CT slices as the published Python pipeline does, or tuned; prints one JSON line.

usage: reference_prepare.py published|tuned|dicom-linear <folder> [<folder for the PNGs>]

"published" keeps the tutorial's own code (float window, resize to 512 x 512, Pillow's defaults), one slice at a time.
"tuned" is the same picture with a lookup table, no resize of a 512 x 512 slice, and compress_level=1.
"dicom-linear" is no peer but what LungDesk's pictures have to be: DICOM's LINEAR function in double precision, rounded, where
what lies below -1024 HU (the padding around the scanner's circle) counts as air.
"""

import base64
import json
import os
import sys
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


def dicom_linear(dataset):
    hu = np.maximum(dataset.pixel_array.astype(float) * float(dataset.RescaleSlope) + float(dataset.RescaleIntercept), -1024)
    grey = ((hu - (CENTER - 0.5)) / (WIDTH - 1) + 0.5) * 255
    buffer = BytesIO()
    Image.fromarray(np.floor(np.clip(grey, 0, 255) + 0.5).astype(np.uint8)).save(buffer, format="PNG")
    return buffer.getvalue()


def main():
    variant = {"published": published, "tuned": tuned, "dicom-linear": dicom_linear}[sys.argv[1]]
    folder, target = sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else None
    datasets = sorted((pydicom.dcmread(os.path.join(folder, name)) for name in os.listdir(folder)), key=lambda d: d.InstanceNumber)
    png_bytes = 0
    for dataset in datasets:
        png = variant(dataset)
        png_bytes += len(png)
        base64.b64encode(png).decode("ascii")
        if target is not None:
            with open(os.path.join(target, os.path.basename(dataset.filename) + ".png"), "wb") as file:
                file.write(png)
    print(json.dumps({"slices": len(datasets), "pngBytes": png_bytes}))


main()
