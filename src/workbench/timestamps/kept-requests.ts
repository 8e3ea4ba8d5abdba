import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MalformedAsn1 } from '../../seal/asn1/der.ts';
import { isMissing, readError, writeError } from '../../seal/storage/file-error.ts';
import { readBounded } from '../../seal/storage/read-bounded.ts';
import { writeAtomically } from '../../seal/storage/write-atomically.ts';
import { readTimestampRequest, type TimestampRequest } from '../../seal/timestamp/timestamp-request.ts';

const mostRequestBytes = 64 * 1024;

/** Requests for timestamps that this machine made, kept in the state folder until their answers come back, and after. */
export interface KeptRequests {
  keep(imprintHex: string, request: Uint8Array): Promise<void>;
  /** Requests for that imprint; several where it was asked for several times. */
  find(imprintHex: string): Promise<readonly TimestampRequest[]>;
}

export function keptRequests(state: string): KeptRequests {
  const folder = join(state, 'timestamp-requests');
  return {
    async keep(imprintHex, request) {
      const { nonce = '0' } = readTimestampRequest(request);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
      } catch (error) {
        throw writeError(error, folder);
      }
      await writeAtomically(join(folder, `${imprintHex}-${nonce}.tsq`), request, 0o600);
    },
    async find(imprintHex) {
      const names = await readdir(folder).catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw readError(error, folder);
      });
      const found: TimestampRequest[] = [];
      for (const name of names.filter((one) => one.startsWith(`${imprintHex}-`)).sort()) {
        const bytes = await readBounded(join(folder, name), mostRequestBytes);
        if (typeof bytes === 'string') continue;
        try {
          found.push(readTimestampRequest(bytes));
        } catch (error) {
          if (!(error instanceof MalformedAsn1)) throw error;
        }
      }
      return found;
    },
  };
}
