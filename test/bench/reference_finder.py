"""Looks for blobs in the lungs of a folder of CT slices with scipy's operations; prints one JSON line with what the search took.

usage: reference_finder.py <folder>

The same operations as LungDesk's search at the same scales and on the same grids (1, 2, 4 and 8 mm): resampling, filling around the
lungs, Gaussians, second derivatives, local maxima; once for tissue and once clipped to ground glass. Reading the files and a simple
outline of the lungs (threshold, largest pieces, closing) are not timed. What follows in LungDesk (rays from each place, score, measurement)
has no counterpart here.
"""

import json
import os
import sys
import time

import numpy as np
import pydicom
from scipy import ndimage

SCALES = [(1, [1.15, 1.6, 2.25]), (2, [3.2, 4.5]), (4, [6.4, 9]), (8, [12.7, 18])]
GLASS_HU, LEAST_GLASS_SIGMA = 320, 2.2


def read(folder):
    datasets = sorted((pydicom.dcmread(os.path.join(folder, name)) for name in os.listdir(folder)), key=lambda one: one.ImagePositionPatient[2])
    hu = np.stack([one.pixel_array * float(one.RescaleSlope) + float(one.RescaleIntercept) for one in datasets]).astype(np.int16)
    row, column = map(float, datasets[0].PixelSpacing)
    return hu, (float(datasets[1].ImagePositionPatient[2] - datasets[0].ImagePositionPatient[2]), row, column)


def outline(hu):
    small = hu[::3, ::3, ::3] < -500
    labels, _ = ndimage.label(small)
    edge = np.unique(np.concatenate([labels[:, 0].ravel(), labels[:, -1].ravel(), labels[:, :, 0].ravel(), labels[:, :, -1].ravel()]))
    sizes = np.bincount(labels.ravel())
    sizes[edge] = sizes[0] = 0
    lungs = np.isin(labels, np.argsort(sizes)[-2:])
    return ndimage.binary_closing(lungs, iterations=5)


def maxima(field, cell, sigmas, limit):
    found = 0
    for sigma in sigmas:
        smooth = ndimage.gaussian_filter(field, sigma / cell, mode="constant", truncate=3)
        second = [np.gradient(np.gradient(smooth, axis=axis), axis=axis) for axis in range(3)]
        answer = -(second[0] + second[1] + second[2]) * (sigma / cell) ** 2
        found += int(np.count_nonzero((answer == ndimage.maximum_filter(answer, 3)) & (answer > limit)))
    return found


def search(hu, spacing, lungs):
    inside = np.argwhere(lungs)
    low, high = inside.min(axis=0) * 3, (inside.max(axis=0) + 1) * 3
    box = tuple(slice(a, b) for a, b in zip(low, high))
    values = np.clip(ndimage.zoom(hu[box].astype(np.float32), spacing, order=1), -1000, 200)
    weight = ndimage.zoom(lungs[tuple(slice(a // 3, b // 3) for a, b in zip(low, high))].astype(np.float32), np.array(values.shape) / ((high - low) // 3), order=1)
    weight = weight[: values.shape[0], : values.shape[1], : values.shape[2]]
    field = (values + 850) * weight
    found = 0
    for top, limit, least in ((None, 110, 0), (GLASS_HU, 50, LEAST_GLASS_SIGMA)):
        level = field if top is None else np.minimum(field, top)
        cell = 1
        for size, sigmas in SCALES:
            while cell < size:
                shape = [n // 2 * 2 for n in level.shape]
                level = level[: shape[0], : shape[1], : shape[2]].reshape(shape[0] // 2, 2, shape[1] // 2, 2, shape[2] // 2, 2).mean(axis=(1, 3, 5))
                cell *= 2
            wanted = [sigma for sigma in sigmas if sigma >= least]
            found += maxima(level, cell, wanted, limit)
    return found


hu, spacing = read(sys.argv[1])
lungs = outline(hu)
wall, cpu = time.perf_counter(), time.process_time()
found = search(hu, spacing, lungs)
print(json.dumps({"found": found, "wallMs": (time.perf_counter() - wall) * 1000, "cpuMs": (time.process_time() - cpu) * 1000}))
