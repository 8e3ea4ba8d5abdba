import type { Check } from '../../base/check.ts';
import { caseLayout } from '../case-layout.ts';
import { certifiedKeys } from '../custody/certified-keys.ts';
import type { CustodyPoint } from '../custody/custody-head.ts';
import { readCustody } from '../custody/custody-log.ts';
import { readProblem } from '../file-problem.ts';
import { checkChain, checkClock, checkHead, checkKeys, checkPoint, checkSignatures } from './check-custody.ts';
import { openCheckList } from './check-list.ts';
import { trustedKey, type VerifyOptions } from './verify-case.ts';

/**
 * Checks the copy of a custody log that a sealed report carries: chain, signatures, keys and end, by itself and against
 * what the report says of it. The case is not needed.
 *
 * @param expected where the report says that the log ended, and the case that it is about
 * @throws AssayError `file-not-readable`
 */
export async function verifyCustodyCopy(
  folder: string,
  expected: { readonly caseId?: string; readonly point?: CustodyPoint; readonly source: string },
  { trusted }: Pick<VerifyOptions, 'trusted'> = {},
): Promise<readonly Check[]> {
  const layout = caseLayout(folder);
  const checks = openCheckList();
  const custody = await readCustody(layout).catch((error: unknown) => {
    throw readProblem(layout.custody, error);
  });
  const keys = certifiedKeys(custody.entries);
  checkChain(custody, checks);
  checkSignatures(custody.entries, keys, checks);
  const record = expected.caseId === undefined ? undefined : { id: expected.caseId };
  checkKeys(custody.entries, keys, record, trustedKey(trusted), checks);
  checkHead(custody, keys, checks);
  checkClock(custody.entries, checks);
  const { point, source } = expected;
  if (point !== undefined && checkPoint(custody, point, 'custody-sealed', source, checks))
    checks.passed('custody', 'custody-sealed', source, { entries: point.seq + 1 });
  return checks.all();
}
