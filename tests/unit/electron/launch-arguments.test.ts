import { describe, expect, it } from 'vitest';
import { caseToOpen } from '../../../electron/launch-arguments.ts';

describe('caseToOpen', () => {
  it.each([
    [['electron', '/app', '--open', '/cases/a'], false, '/cases/a'],
    [['electron', '--no-sandbox', '/app', '--open', '/cases/a'], false, '/cases/a'],
    [['electron', '/app'], false, undefined],
    [['assay', '/cases/a'], true, '/cases/a'],
    [['assay', '--open', '/cases/a'], true, '/cases/a'],
    [['assay', '--enable-features=X', '/cases/a'], true, '/cases/a'],
    [['assay'], true, undefined],
  ])('takes from %j (packaged: %s) the case %s', (argv, isPackaged, expected) =>
    expect(caseToOpen(argv, isPackaged)).toBe(expected),
  );
});
