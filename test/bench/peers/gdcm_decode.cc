// Decodes every frame of the given files in memory with GDCM; prints JSON: frames, wall and CPU ms per frame, a checksum.
// usage: gdcm_decode <repeats> <file>...
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

#include <gdcmImageReader.h>
#include <gdcmTrace.h>

static double milliseconds(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  gdcm::Trace::WarningOff();
  const int repeats = atoi(argv[1]);
  std::vector<gdcm::SmartPointer<gdcm::Image>> images;
  for (int index = 2; index < argc; index += 1) {
    gdcm::ImageReader reader;
    reader.SetFileName(argv[index]);
    if (!reader.Read()) return 1;
    images.push_back(new gdcm::Image(reader.GetImage()));
  }
  uint64_t checksum = 14695981039346656037u;
  double wall = 0, cpu = 0;
  // Pass 0 is not timed: it warms up and makes the checksum.
  for (int pass = 0; pass <= repeats; pass += 1) {
    if (pass == 1) wall = milliseconds(CLOCK_MONOTONIC), cpu = milliseconds(CLOCK_PROCESS_CPUTIME_ID);
    for (auto &image : images) {
      std::vector<char> frame(image->GetBufferLength());
      if (!image->GetBuffer(frame.data())) return 1;
      if (pass == 0) for (char byte : frame) checksum = (checksum ^ (unsigned char)byte) * 1099511628211u;
    }
  }
  const double frames = double(images.size()) * repeats;
  printf("{\"wallMs\":%f,\"cpuMs\":%f,\"checksum\":\"%016llx\"}\n", (milliseconds(CLOCK_MONOTONIC) - wall) / frames,
         (milliseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu) / frames, (unsigned long long)checksum);
}
