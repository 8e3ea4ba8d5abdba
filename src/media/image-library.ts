/** The pinned image library, loaded when the first picture is decoded: it takes as long to load as all of a first view's own code. */
export async function imageLibrary() {
  const { default: sharp } = await import('sharp');
  return sharp;
}
