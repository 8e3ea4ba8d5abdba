// Runs a command and tells what it cost: wall and processor time of it and all that it started, and the largest sum of
// resident memory of that whole tree of processes, looked at twenty times a second. Linux only.
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

const ticksPerSecond = 100;

function childrenSeconds() {
  const text = readFileSync('/proc/self/stat', 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond;
}

/**
 * Resident bytes of a process and all below it; shared pages count once for each process that maps them. Only these are
 * looked at: reading of every process twenty times a second takes up a part of what is measured.
 */
function treeBytes(root) {
  let bytes = 0;
  const pids = [root];
  for (let pid = pids.pop(); pid !== undefined; pid = pids.pop()) {
    try {
      bytes += Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
      for (const thread of readdirSync(`/proc/${pid}/task`))
        pids.push(...readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean));
    } catch {
      // It ended between being named and being read.
    }
  }
  return bytes;
}

/** Runs a command to its end; rejects when it does not end with 0. */
export function measure(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const cpuBefore = childrenSeconds();
    const started = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options });
    let said = '';
    child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-4000)));
    let peakBytes = 0;
    const timer = setInterval(() => (peakBytes = Math.max(peakBytes, treeBytes(child.pid))), 50);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      if (code !== 0) return reject(new Error(`${command} ${args.join(' ')} ended with ${code}: ${said}`));
      resolve({
        wallSeconds: (performance.now() - started) / 1000,
        cpuSeconds: childrenSeconds() - cpuBefore,
        peakBytes,
      });
    });
  });
}

/** The middle one of several numbers. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Measures two commands in turn, so that a noisy machine disturbs both alike; answers the medians. */
export async function sideBySide(rounds, ours, theirs) {
  const a = [];
  const b = [];
  for (let round = 0; round < rounds; round++) {
    a.push(await ours(round));
    b.push(await theirs(round));
  }
  const middle = (list, key) => median(list.map((one) => one[key]));
  const figures = (list) => ({
    wallSeconds: middle(list, 'wallSeconds'),
    cpuSeconds: middle(list, 'cpuSeconds'),
    peakBytes: middle(list, 'peakBytes'),
  });
  return { ours: figures(a), theirs: figures(b) };
}
