// Decodes every frame of the given files in memory with DCMTK; prints JSON: frames, wall and CPU ms per frame, a checksum.
// usage: dcmtk_decode <repeats> <file>...
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <vector>

#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmdata/dcrledrg.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>

static double milliseconds(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  OFLog::configure(OFLogger::ERROR_LOG_LEVEL);
  DcmRLEDecoderRegistration::registerCodecs();
  DJDecoderRegistration::registerCodecs();
  DJLSDecoderRegistration::registerCodecs();
  const int repeats = atoi(argv[1]);
  std::vector<std::unique_ptr<DcmFileFormat>> files;
  for (int index = 2; index < argc; index += 1) {
    files.push_back(std::make_unique<DcmFileFormat>());
    if (files.back()->loadFile(argv[index]).bad()) return 1;
    files.back()->loadAllDataIntoMemory();
  }
  uint64_t checksum = 14695981039346656037u;
  double wall = 0, cpu = 0;
  // Pass 0 is not timed: it warms up and makes the checksum.
  for (int pass = 0; pass <= repeats; pass += 1) {
    if (pass == 1) wall = milliseconds(CLOCK_MONOTONIC), cpu = milliseconds(CLOCK_PROCESS_CPUTIME_ID);
    for (auto &file : files) {
      DcmDataset *dataset = file->getDataset();
      DcmElement *element = nullptr;
      dataset->findAndGetElement(DCM_PixelData, element);
      DcmPixelData *pixels = OFstatic_cast(DcmPixelData *, element);
      Uint32 size = 0, fragment = 0;
      OFString colorModel;
      pixels->getUncompressedFrameSize(dataset, size);
      std::vector<unsigned char> frame(size + size % 2);
      if (pixels->getUncompressedFrame(dataset, 0, fragment, frame.data(), frame.size(), colorModel).bad()) return 1;
      if (pass == 0) for (Uint32 at = 0; at < size; at += 1) checksum = (checksum ^ frame[at]) * 1099511628211u;
    }
  }
  const double frames = double(files.size()) * repeats;
  printf("{\"wallMs\":%f,\"cpuMs\":%f,\"checksum\":\"%016llx\"}\n", (milliseconds(CLOCK_MONOTONIC) - wall) / frames,
         (milliseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu) / frames, (unsigned long long)checksum);
}
