// Clips that the benchmarks use, made once by ffmpeg and kept in the cache folder.
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure } from './measure.mjs';

const cache = join(dirname(dirname(fileURLToPath(import.meta.url))), '.cache/bench');

/** Moving detail with sensor-like noise and a tone: H.264 at the given size, rate and length, AAC, MP4. */
export async function clip({ seconds, size, bitRate, fps = 25 }) {
  mkdirSync(cache, { recursive: true });
  const path = join(cache, `${size}-${seconds}s-${bitRate}.mp4`);
  if (existsSync(path)) return path;
  const unfinished = path.replace('.mp4', '.part.mp4');
  await measure('ffmpeg', [
    ...['-nostdin', '-loglevel', 'error', '-y'],
    ...['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${fps}:duration=${Math.min(seconds, 60)},noise=alls=6:allf=t`],
    ...['-f', 'lavfi', '-i', `sine=frequency=330:sample_rate=48000:duration=${Math.min(seconds, 60)}`],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-b:v', bitRate, '-g', '50', '-pix_fmt', 'yuv420p'],
    ...['-c:a', 'aac', '-b:a', '128k', '-movflags', '+faststart', unfinished],
  ]);
  if (seconds > 60) {
    // The same minute again and again: what grows is the length, nothing else.
    const long = path.replace('.mp4', '.loop.mp4');
    const loops = String(Math.ceil(seconds / 60) - 1);
    await measure('ffmpeg', [
      ...['-nostdin', '-loglevel', 'error', '-y', '-stream_loop', loops, '-i', unfinished],
      ...['-c', 'copy', '-movflags', '+faststart', long],
    ]);
    renameSync(long, unfinished);
  }
  renameSync(unfinished, path);
  return path;
}

export function sizeOf(path) {
  return statSync(path).size;
}
