import { describe, expect, it } from 'vitest';
import { OperationError } from '../../../../renderer/api/call.ts';
import { isCancelled, usePassphrase, withPassphrase } from '../../../../renderer/state/passphrase.ts';

const needed = new OperationError('passphrase-needed', { name: 'A. Analyst' });
const wrong = new OperationError('wrong-passphrase', { path: '/key' });

/** Answers the questions that come up, and says what they were. */
function person(...answers: (string | null)[]) {
  const asked: { name: string | null; wrong: boolean }[] = [];
  const stop = usePassphrase.subscribe(({ asked: question }) => {
    if (question === null) return;
    asked.push({ name: question.name, wrong: question.wrong });
    queueMicrotask(() => question.answer(answers.shift() ?? null));
  });
  return { asked, stop };
}

describe('withPassphrase', () => {
  it('asks for nothing where nothing is needed', async () => {
    const { asked, stop } = person();
    expect(await withPassphrase('certify', () => Promise.resolve(1))).toBe(1);
    expect(asked).toEqual([]);
    stop();
  });

  it('asks when the engine says so, and again while it is wrong', async () => {
    const { asked, stop } = person('one', 'two');
    const given: unknown[] = [];
    const answer = await withPassphrase('certify', (passphrase) => {
      given.push(passphrase);
      if (given.length === 1) return Promise.reject(needed);
      return given.length === 2 ? Promise.reject(wrong) : Promise.resolve('opened');
    });
    expect(answer).toBe('opened');
    expect(given).toEqual([{}, { passphrase: 'one' }, { passphrase: 'two' }]);
    expect(asked).toEqual([
      { name: 'A. Analyst', wrong: false },
      { name: 'A. Analyst', wrong: true },
    ]);
    stop();
  });

  it('keeps the passphrase nowhere once it is given', async () => {
    const { stop } = person('secret words');
    await withPassphrase('seal', () => Promise.resolve(1), { name: 'A. Analyst' });
    expect(JSON.stringify(usePassphrase.getState())).not.toContain('secret');
    stop();
  });

  it('ends as cancelled where the person gives none, and passes other errors on', async () => {
    const { stop } = person(null);
    const refused = await withPassphrase('seal', () => Promise.reject(needed)).catch((error: unknown) => error);
    expect(isCancelled(refused)).toBe(true);
    const other = new OperationError('disk-full', { path: '/case' });
    await expect(withPassphrase('seal', () => Promise.reject(other))).rejects.toBe(other);
    stop();
  });
});
