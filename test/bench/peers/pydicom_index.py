"""Reads the headers of a folder as people do with pydicom, up to the pixels, and the attributes that LungDesk's index holds; prints
the number of files.

usage: pydicom_index.py <folder>
"""

import os
import sys

import pydicom

KEYWORDS = [
    "StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID", "SOPClassUID", "Modality", "ImageType", "BodyPartExamined",
    "PatientName", "PatientID", "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime", "StudyDescription", "SeriesDescription",
    "SeriesNumber", "InstanceNumber", "AcquisitionNumber", "ConvolutionKernel", "FrameOfReferenceUID", "SliceThickness",
    "ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing", "Rows", "Columns", "NumberOfFrames", "SamplesPerPixel",
    "PhotometricInterpretation", "BitsAllocated", "BitsStored", "HighBit", "PixelRepresentation", "RescaleSlope",
    "RescaleIntercept", "PixelPaddingValue", "GantryDetectorTilt",
]

count = 0
for name in os.listdir(sys.argv[1]):
    dataset = pydicom.dcmread(os.path.join(sys.argv[1], name), stop_before_pixels=True)
    count += len([dataset.get(keyword) for keyword in KEYWORDS]) > 0
print(count)
