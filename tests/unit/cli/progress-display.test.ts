import { describe, expect, it } from 'vitest';
import { clockText, estimateLeftMs, ProgressDisplay } from '../../../src/cli/progress-display.ts';

function display(isTerminal: boolean) {
  let written = '';
  let nowMs = 0;
  const shown = new ProgressDisplay(
    { isTerminal, columns: () => 80, write: (text) => void (written += text) },
    { label: (stage) => `<${stage}>`, left: (clock) => `${clock} left` },
    () => nowMs,
  );
  return { shown, written: () => written, pass: (ms: number) => void (nowMs += ms) };
}

describe('ProgressDisplay', () => {
  it('draws a bar with its share and an estimate on a terminal', () => {
    const { shown, written, pass } = display(true);
    shown.report({ stage: 'decode', subject: 'E001', done: 0, total: 100, unit: 'frames' });
    pass(10_000);
    shown.report({ stage: 'decode', subject: 'E001', done: 25, total: 100, unit: 'frames' });
    const line = written().split('\n').at(-2) ?? '';
    expect(line).toContain('██████░░░░░░░░░░░░░░░░░░  25 %  E001 <decode>  0:30 left');
  });

  it('takes its bars away at the end, so that nothing half stays on the screen', () => {
    const { shown, written } = display(true);
    shown.report({ stage: 'intake', done: 1, total: 2, unit: 'bytes' });
    shown.end();
    expect(written().endsWith('\x1b[1A\x1b[0J')).toBe(true);
  });

  it('writes one line per finished stage where there is no terminal, and no control codes', () => {
    const { shown, written, pass } = display(false);
    shown.report({ stage: 'intake', done: 1, total: 2, unit: 'bytes' });
    pass(61_000);
    shown.report({ stage: 'intake', done: 2, total: 2, unit: 'bytes' });
    expect(written()).toBe('<intake>  1:01\n');
  });

  it('shows no share while the total is unknown', () => {
    const { shown, written } = display(true);
    shown.report({ stage: 'probe', done: 5, unit: 'items' });
    expect(written()).toContain('························  <probe>');
    expect(written()).not.toContain('%');
  });
});

describe('estimateLeftMs', () => {
  it('extrapolates from the share that is done', () => expect(estimateLeftMs(2000, 1, 4)).toBe(6000));
  it('says nothing before anything is done', () => expect(estimateLeftMs(2000, 0, 4)).toBeUndefined());
  it('says nothing while the total is unknown', () => expect(estimateLeftMs(2000, 1, undefined)).toBeUndefined());
});

describe('clockText', () => {
  it.each([
    [0, '0:00'],
    [14_000, '0:14'],
    [723_000, '12:03'],
    [3_723_000, '1:02:03'],
  ])('writes %i ms as %s', (ms, text) => expect(clockText(ms)).toBe(text));
});
