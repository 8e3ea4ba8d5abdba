/** The pinned image library, loaded when the first picture is decoded: it takes as long to load as all of a first view's own code. */
export async function imageLibrary() {
  const { default: sharp } = await import('sharp');
  // It would keep up to 50 MB of what it worked out last; nothing here is worked out twice.
  sharp.cache(false);
  return sharp;
}
