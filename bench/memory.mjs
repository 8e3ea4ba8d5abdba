// Memory of triage: a film of one minute against one of sixty.
import { clip } from './clips.mjs';
import { triageOnce } from './triage.mjs';

const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;

export async function run() {
  const short = await triageOnce(await clip({ seconds: 60, size: '640x360', bitRate: '800k' }));
  const long = await triageOnce(await clip({ seconds: 3600, size: '640x360', bitRate: '800k' }));
  const ratio = long.peakBytes / short.peakBytes;
  return {
    name: 'memory of triage, 60 min against 1 min',
    ratio,
    goal: 1.1,
    met: ratio <= 1.1,
    detail: `${megabytes(long.peakBytes)} against ${megabytes(short.peakBytes)} at the peak, all processes together`,
  };
}
