/**
 * Demuxers that may open an exhibit: those of self-contained media files.
 *
 * SECURITY: what is not here is refused. Playlists and descriptions (hls, concat, dash, sdp, imf) would make a harmless
 * looking file read other files of the machine into the report, or reach for a network; devices and generators
 * (lavfi, x11grab) and raw guesses (tty, rawvideo) have no place in evidence.
 */
const demuxers: readonly string[] = [
  ...[
    'mov',
    'mp4',
    'm4a',
    '3gp',
    '3g2',
    'mj2',
    'matroska',
    'webm',
    'avi',
    'asf',
    'asf_o',
    'flv',
    'live_flv',
    'kux',
    'mxf',
  ],
  ...['mpeg', 'mpegts', 'mpegtsraw', 'mpegvideo', 'm4v', 'h261', 'h263', 'h264', 'hevc', 'vvc', 'vc1', 'avs2', 'avs3'],
  ...[
    'obu',
    'av1',
    'ivf',
    'dirac',
    'dnxhd',
    'dv',
    'gxf',
    'lxf',
    'nut',
    'nsv',
    'nuv',
    'ogg',
    'rm',
    'swf',
    'vob',
    'wtv',
    'ty',
  ],
  ...['mjpeg', 'mjpeg_2000', 'mpjpeg', 'smjpeg', 'r3d', 'y4m', 'yuv4mpegpipe', 'cavsvideo', 'dhav', 'evc', 'film_cpk'],
  ...[
    'wav',
    'w64',
    'aiff',
    'au',
    'caf',
    'flac',
    'mp3',
    'aac',
    'loas',
    'ac3',
    'eac3',
    'ac4',
    'amr',
    'amrnb',
    'amrwb',
    'ape',
  ],
  ...[
    'aptx',
    'aptx_hd',
    'aea',
    'aax',
    'dts',
    'dtshd',
    'dsf',
    'iff',
    'gsm',
    'mlp',
    'truehd',
    'mpc',
    'mpc8',
    'mp2',
    'oma',
  ],
  ...[
    'qcp',
    'rso',
    'sbc',
    'shn',
    'sln',
    'sox',
    'spdif',
    'tak',
    'tta',
    'voc',
    'wv',
    'xwma',
    'ircam',
    'nistsphere',
    'g722',
  ],
  ...[
    'g723_1',
    'g726',
    'g729',
    'ilbc',
    'codec2',
    'act',
    'dss',
    'adp',
    'acm',
    'dcstr',
    'osq',
    'bit',
    'mmf',
    'pvf',
    'avr',
  ],
  ...[
    'gif',
    'apng',
    'ico',
    'webp_pipe',
    'bmp_pipe',
    'dds_pipe',
    'dpx_pipe',
    'exr_pipe',
    'gem_pipe',
    'gif_pipe',
    'hdr_pipe',
  ],
  ...[
    'j2k_pipe',
    'jpeg_pipe',
    'jpegls_pipe',
    'jpegxl_pipe',
    'jpegxl_anim',
    'pam_pipe',
    'pbm_pipe',
    'pcx_pipe',
    'pfm_pipe',
  ],
  ...[
    'pgm_pipe',
    'pgmyuv_pipe',
    'phm_pipe',
    'png_pipe',
    'ppm_pipe',
    'psd_pipe',
    'qoi_pipe',
    'sgi_pipe',
    'sunrast_pipe',
  ],
  ...['tiff_pipe', 'xbm_pipe', 'xpm_pipe', 'xwd_pipe'],
];

/**
 * Arguments that open an exhibit by its name inside the working folder. The `file:` prefix makes every name inert: a leading dash
 * is no option, a colon no protocol, and only files, pipes and descriptors can be opened at all. `formatName` is what ffprobe
 * called the format, where it was asked before: then no other demuxer may open it.
 */
export function inputArguments(fileName: string, formatName?: string): string[] {
  const allowed = allowedDemuxers(fileName, formatName);
  return ['-protocol_whitelist', 'file,pipe,fd', '-format_whitelist', allowed.join(','), '-i', `file:${fileName}`];
}

function allowedDemuxers(fileName: string, formatName?: string): string[] {
  const known = formatName?.split(',').filter((name) => name === 'image2' || demuxers.includes(name)) ?? [];
  // SECURITY: image2 reads a name with % as a pattern over other files.
  const all = known.length > 0 ? known : [...demuxers, 'image2'];
  return fileName.includes('%') ? all.filter((name) => name !== 'image2') : all;
}

/**
 * Arguments that open what a script will name, as `seekScript` writes it: ffmpeg waits until the pipe has told it.
 *
 * SECURITY: here alone the concat demuxer is allowed, for a script that Assay wrote itself. `safe 0` permits the options in it that
 * hold the exhibit to its own demuxer.
 */
export function scriptInputArguments(fd: number): string[] {
  const script = ['-f', 'concat', '-safe', '0', '-auto_convert', '0', '-i', `pipe:${fd}`];
  return ['-protocol_whitelist', 'file,pipe,fd', '-format_whitelist', 'concat', ...script];
}

/** File names that mean nothing to the script's own language. */
const plainName = /^[\w][\w.-]*$/;

/** Keeps the script's reader from decoding anything to find out what the streams are: it reads one packet and believes the container. */
const withoutLooking = ["option codec_whitelist 'none'", 'option probesize 32'];

/**
 * The script that opens one exhibit and seeks in it, as `-ss` with `-seek_timestamp 1` would; its times are then told less
 * `fromUs`. With `looksFirst` the reader decodes the first pictures to learn about the streams, as an ordinary run does.
 * Undefined where the format or the name does not go with a script.
 *
 * SECURITY: the exhibit is held to the demuxer that ffprobe named, as in `inputArguments`; it can never be a script itself, for none of these is concat.
 */
export function seekScript(
  fileName: string,
  formatName: string,
  fromUs: number,
  looksFirst: boolean,
): string | undefined {
  if (!plainName.test(fileName) || !Number.isSafeInteger(fromUs) || fromUs < 0) return undefined;
  const known = formatName.split(',').filter((name) => demuxers.includes(name));
  if (known.length === 0) return undefined;
  const seconds = `${Math.floor(fromUs / 1e6)}.${String(fromUs % 1e6).padStart(6, '0')}`;
  return [
    'ffconcat version 1.0',
    `file 'file:${fileName}'`,
    "option protocol_whitelist 'file'",
    `option format_whitelist '${known.join(',')}'`,
    ...(looksFirst ? [] : withoutLooking),
    `inpoint ${seconds}`,
    '',
  ].join('\n');
}
