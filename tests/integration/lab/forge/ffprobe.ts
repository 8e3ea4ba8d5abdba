import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Frames of a clip's picture as ffprobe decodes them: time in ms, type. */
export async function framesOf(path: string): Promise<{ ms: number; key: boolean }[]> {
  const args = [
    '-v',
    'error',
    '-select_streams',
    'v:0',
    '-show_entries',
    'frame=pts_time,key_frame',
    '-of',
    'json',
    path,
  ];
  const { stdout } = await run('ffprobe', args, { maxBuffer: 1 << 26 });
  const { frames } = JSON.parse(stdout) as { frames: { pts_time: string; key_frame: number }[] };
  return frames.map((frame) => ({ ms: Number(frame.pts_time) * 1000, key: frame.key_frame === 1 }));
}

/** Start of each stream in ms and its codec. */
export async function streamsOf(path: string): Promise<{ type: string; codec: string; startMs: number }[]> {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_streams', '-of', 'json', path]);
  const { streams } = JSON.parse(stdout) as {
    streams: { codec_type: string; codec_name: string; start_time: string }[];
  };
  return streams.map((s) => ({ type: s.codec_type, codec: s.codec_name, startMs: Number(s.start_time) * 1000 }));
}

/** MD5 of each decoded frame of the picture, in order. */
export async function frameHashes(path: string): Promise<string[]> {
  const args = ['-v', 'error', '-i', path, '-map', '0:v:0', '-fps_mode', 'passthrough', '-f', 'framemd5', '-'];
  const { stdout } = await run('ffmpeg', args, { maxBuffer: 1 << 26 });
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.slice(line.lastIndexOf(',') + 1).trim());
}
