import { describe, expect, it } from 'vitest';
import { bytesPerSecond, foldIntake, type IntakeFiles } from '../../../../renderer/intake/intake-files.ts';
import type { JobEvent } from '../../../../src/contract/jobs.ts';

const event = (seq: number, subject: string, part: Partial<JobEvent>): JobEvent => ({
  seq,
  stage: 'intake-file',
  subject,
  done: 0,
  unit: 'bytes',
  atMs: seq * 100,
  ...part,
});
const none: IntakeFiles = new Map();

describe('files on their way in', () => {
  it('keeps them in the order in which they were met, each with its latest word', () => {
    const first = foldIntake(none, [event(2, '/b', { done: 5, total: 10 }), event(1, '/a', { done: 1, total: 4 })]);
    const then = foldIntake(first, [event(3, '/a', { done: 4, total: 4 })]);
    expect([...then.values()].map(({ path, doneBytes, totalBytes }) => [path, doneBytes, totalBytes])).toEqual([
      ['/a', 4, 4],
      ['/b', 5, 10],
    ]);
  });

  it('shows hashes and refusals as soon as they are known, and never takes them back', () => {
    const details = { outcome: 'added', id: 'E001', sha256: 'ab' };
    const files = foldIntake(none, [
      event(1, '/a', { done: 4, total: 4, details }),
      event(2, '/b', { details: { outcome: 'refused', reason: 'symbolic-link' } }),
    ]);
    expect(files.get('/a')).toMatchObject({ outcome: 'added', details });
    expect(files.get('/b')).toMatchObject({ outcome: 'refused', totalBytes: undefined });
    expect(foldIntake(files, [event(3, '/a', { done: 4, total: 4 })]).get('/a')?.outcome).toBe('added');
  });

  it('leaves other stages alone, and answers the same map where nothing is new', () => {
    const overall: JobEvent = { seq: 1, stage: 'intake', done: 1, total: 2, unit: 'bytes', atMs: 1 };
    expect(foldIntake(none, [overall])).toBe(none);
  });

  it('tells a speed from when the file first moved, once that says something', () => {
    const waiting = foldIntake(none, [event(1, '/a', { done: 0, total: 9000 })]);
    expect(waiting.get('/a')?.outcome).toBe('waiting');
    expect(bytesPerSecond(waiting.get('/a')!)).toBeUndefined();
    const begun = foldIntake(waiting, [event(100, '/a', { done: 1000, total: 9000 })]);
    expect(begun.get('/a')?.outcome).toBe('running');
    expect(bytesPerSecond(begun.get('/a')!)).toBeUndefined();
    const later = foldIntake(begun, [event(120, '/a', { done: 9000, total: 9000 })]);
    expect(bytesPerSecond(later.get('/a')!)).toBe(4000);
  });
});
