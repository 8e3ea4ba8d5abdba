export interface ContentFormat {
  /** Short key: `jpeg`, `mp4`, `git-lfs-pointer`. */
  readonly format: string;
  /** Its usual name, in no language. */
  readonly name: string;
  readonly mediaType: string;
  /** Usual extensions, lower case, the most usual first. */
  readonly extensions: readonly string[];
  /** Formats of one family share a structure and are renamed into each other every day. */
  readonly family: string;
}

/** key | name | media type | extensions | family (the key where it is left out) */
const table = `
jpeg | JPEG | image/jpeg | jpg jpeg jpe jfif jif thm mpo insp
png | PNG | image/png | png apng
gif | GIF | image/gif | gif
webp | WebP | image/webp | webp
bmp | BMP | image/bmp | bmp dib
heic | HEIC | image/heic | heic heif hif | heif
heif | HEIF | image/heif | heif heic hif | heif
avif | AVIF | image/avif | avif avifs | heif
jxl | JPEG XL | image/jxl | jxl
jp2 | JPEG 2000 | image/jp2 | jp2 jpx jpf j2k
psd | Photoshop document | image/vnd.adobe.photoshop | psd psb
ico | Windows icon | image/vnd.microsoft.icon | ico cur
tiff | TIFF | image/tiff | tif tiff | tiff
dng | DNG raw | image/x-adobe-dng | dng | tiff
cr2 | Canon CR2 raw | image/x-canon-cr2 | cr2 | tiff
nef | Nikon NEF raw | image/x-nikon-nef | nef nrw | tiff
arw | Sony ARW raw | image/x-sony-arw | arw sr2 srf | tiff
pef | Pentax PEF raw | image/x-pentax-pef | pef | tiff
orf | Olympus ORF raw | image/x-olympus-orf | orf ori | tiff
rw2 | Panasonic RW2 raw | image/x-panasonic-rw2 | rw2 raw rwl | tiff
raf | Fujifilm RAF raw | image/x-fuji-raf | raf
cr3 | Canon CR3 raw | image/x-canon-cr3 | cr3 | iso-base-media
mp4 | MP4 | video/mp4 | mp4 m4v mp4v f4v lrv insv | iso-base-media
mov | QuickTime movie | video/quicktime | mov qt | iso-base-media
m4a | M4A | audio/mp4 | m4a m4b m4r m4p mp4 | iso-base-media
m4v | M4V | video/x-m4v | m4v mp4 | iso-base-media
3gp | 3GPP | video/3gpp | 3gp 3gpp | iso-base-media
3g2 | 3GPP2 | video/3gpp2 | 3g2 3gp2 | iso-base-media
mkv | Matroska | video/matroska | mkv mka mks mk3d | matroska
webm | WebM | video/webm | webm weba | matroska
avi | AVI | video/vnd.avi | avi divx
mpeg-ts | MPEG transport stream | video/mp2t | ts m2t mts m2ts tsv tp trp | mpeg-ts
m2ts | M2TS (AVCHD, Blu-ray) | video/mp2t | m2ts mts m2t | mpeg-ts
mpeg-ps | MPEG program stream | video/mp2p | mpg mpeg vob m2p mod dat | mpeg
mpeg-video | MPEG video stream | video/mpeg | mpg mpeg m1v m2v mpv | mpeg
h264 | H.264 byte stream | video/h264 | h264 264 avc
flv | Flash Video | video/x-flv | flv
asf | ASF (Windows Media) | video/x-ms-asf | wmv asf wma
rm | RealMedia | application/vnd.rn-realmedia | rm rmvb ra
wav | WAV | audio/vnd.wave | wav wave bwf rf64
mp3 | MP3 | audio/mpeg | mp3 mpga
mp2 | MPEG audio layer I or II | audio/mpeg | mp2 mp1 mpa
aac | AAC (ADTS) | audio/aac | aac adts
flac | FLAC | audio/flac | flac
ogg | Ogg | application/ogg | ogg oga ogv opus spx ogx
amr | AMR | audio/amr | amr 3ga awb
caf | Core Audio | audio/x-caf | caf
aiff | AIFF | audio/aiff | aif aiff aifc
au | Sun audio | audio/basic | au snd
midi | MIDI | audio/midi | mid midi
pdf | PDF | application/pdf | pdf ai
zip | ZIP | application/zip | zip cbz kmz xapk | zip
docx | Word document (OOXML) | application/vnd.openxmlformats-officedocument.wordprocessingml.document | docx docm dotx | zip
xlsx | Excel workbook (OOXML) | application/vnd.openxmlformats-officedocument.spreadsheetml.sheet | xlsx xlsm xltx | zip
pptx | PowerPoint presentation (OOXML) | application/vnd.openxmlformats-officedocument.presentationml.presentation | pptx pptm ppsx | zip
odf | OpenDocument | application/vnd.oasis.opendocument | odt ods odp odg | zip
epub | EPUB | application/epub+zip | epub | zip
jar | Java archive | application/java-archive | jar war ear | zip
apk | Android package | application/vnd.android.package-archive | apk | zip
ole | Microsoft compound file | application/x-ole-storage | doc xls ppt msi msg
7z | 7-Zip | application/x-7z-compressed | 7z
rar | RAR | application/vnd.rar | rar cbr
gzip | gzip | application/gzip | gz tgz
xz | xz | application/x-xz | xz
bzip2 | bzip2 | application/x-bzip2 | bz2
zstd | Zstandard | application/zstd | zst
tar | tar | application/x-tar | tar
elf | ELF executable | application/x-elf | elf so o bin axf
exe | Windows executable | application/vnd.microsoft.portable-executable | exe dll sys scr ocx
mach-o | Mach-O executable | application/x-mach-binary | dylib bundle macho
java-class | Java class | application/java-vm | class
dex | Dalvik executable | application/x-dex | dex
script | script text | text/x-script | sh py pl rb | text
sqlite | SQLite database | application/vnd.sqlite3 | sqlite db sqlite3
html | HTML | text/html | html htm xhtml | text
svg | SVG | image/svg+xml | svg | text
xml | XML | application/xml | xml xmp kml gpx fcpxml plist rss | text
git-lfs-pointer | Git LFS pointer | text/plain | | text
text | plain text | text/plain | txt log csv tsv md json jsonl srt vtt sub ass ini cfg yml yaml edl asc cue | text
empty | empty file | application/x-empty |
unknown | unknown | application/octet-stream |
`;

const formats: ReadonlyMap<string, ContentFormat> = new Map(
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [format = '', name = '', mediaType = '', extensions = '', family = ''] = line
        .split('|')
        .map((cell) => cell.trim());
      const list = extensions.split(' ').filter((extension) => extension !== '');
      return [format, { format, name, mediaType, extensions: list, family: family === '' ? format : family }];
    }),
);

/** The format of this key. Throws a TypeError for a key that is not in the table: that is a mistake in our own code. */
export function contentFormat(key: string): ContentFormat {
  const format = formats.get(key);
  if (format === undefined) throw new TypeError(`no content format ${key}`);
  return format;
}

/** Formats that an extension (without its dot, in any case) stands for; none where it says nothing that is known. */
export function formatsOfExtension(extension: string): readonly ContentFormat[] {
  const wanted = extension.toLowerCase();
  return [...formats.values()].filter((format) => format.extensions.includes(wanted));
}
