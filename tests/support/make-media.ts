import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs the real ffmpeg to make media for a test; the arguments are ffmpeg's, the output file the last of them. */
export async function makeMedia(args: readonly string[]): Promise<void> {
  await run('ffmpeg', ['-nostdin', '-hide_banner', '-loglevel', 'error', '-y', ...args]);
}

/** A short clip with a moving picture and a tone: H.264 and AAC in MP4 unless the arguments say otherwise. */
export async function makeClip(
  path: string,
  options: { seconds?: number; more?: readonly string[] } = {},
): Promise<void> {
  const seconds = String(options.seconds ?? 2);
  await makeMedia([
    ...['-f', 'lavfi', '-i', `testsrc2=size=320x240:rate=25:duration=${seconds}`],
    ...['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=44100:duration=${seconds}`],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '12', '-c:a', 'aac', '-shortest'],
    ...(options.more ?? []),
    path,
  ]);
}

/** A JPEG picture with detail. */
export async function makePicture(path: string, size = '640x480'): Promise<void> {
  await makeMedia(['-f', 'lavfi', '-i', `testsrc2=size=${size}`, '-frames:v', '1', '-q:v', '3', path]);
}
