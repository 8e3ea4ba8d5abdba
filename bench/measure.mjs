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

/** Resident bytes of a process and all below it; shared pages count once for each process that maps them. */
function treeBytes(root) {
  const parents = new Map();
  const bytes = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      parents.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]));
      bytes.set(Number(name), Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024);
    } catch {
      // It ended between being listed and being read.
    }
  }
  const below = (pid) => {
    for (let at = pid; at !== undefined && at > 1; at = parents.get(at)) if (at === root) return true;
    return false;
  };
  return [...bytes].filter(([pid]) => below(pid)).reduce((sum, [, size]) => sum + size, 0);
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
