// Writes the lung-windowed PNG of every file with GDCM and libpng's defaults, one after the other.
// usage: gdcm_png <folder for the PNGs> <file>...
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include <gdcmImageReader.h>
#include <gdcmTrace.h>
#include <png.h>

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  gdcm::Trace::WarningOff();
  for (int index = 2; index < argc; index += 1) {
    gdcm::ImageReader reader;
    reader.SetFileName(argv[index]);
    if (!reader.Read()) return 1;
    const gdcm::Image &image = reader.GetImage();
    // Signed 16 bit, as the series of this benchmark is.
    std::vector<short> stored(image.GetBufferLength() / 2);
    if (!image.GetBuffer(reinterpret_cast<char *>(stored.data()))) return 1;
    std::vector<unsigned char> grey(stored.size());
    const double low = -1350, high = 150;
    for (size_t at = 0; at < stored.size(); at += 1) {
      const double hounsfield = stored[at] * image.GetSlope() + image.GetIntercept();
      grey[at] = (unsigned char)((std::min(high, std::max(low, hounsfield)) - low) / (high - low) * 255);
    }
    png_image png;
    memset(&png, 0, sizeof png);
    png.version = PNG_IMAGE_VERSION;
    png.width = image.GetDimension(0);
    png.height = image.GetDimension(1);
    png.format = PNG_FORMAT_GRAY;
    const std::string path = argv[index];
    const std::string target = std::string(argv[1]) + "/" + path.substr(path.rfind('/') + 1) + ".png";
    if (!png_image_write_to_file(&png, target.c_str(), 0, grey.data(), 0, nullptr)) return 1;
  }
}
