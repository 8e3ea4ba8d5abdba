import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { Artefact } from '../../src/base/artefact.ts';
import { bytesInMemory } from '../../src/base/bytes.ts';
import { Finding } from '../../src/base/finding.ts';
import { silent } from '../../src/base/progress.ts';
import { walkStructure } from '../../src/containers/walk-structure.ts';
import type { ExhibitMedia } from '../../src/media/exhibit-media.ts';
import type { Method, MethodContext } from '../../src/methods/method.ts';

type Row = Readonly<Record<string, string | number | boolean | null>>;

export interface RunOnBytes {
  readonly applies: boolean;
  readonly reason: string | undefined;
  readonly findings: readonly Finding[];
  readonly codes: readonly string[];
  readonly artefacts: ReadonlyMap<string, Artefact>;
  readonly finding: (code: string) => Finding;
  readonly rows: (name: string) => readonly Row[];
}

/** Runs a method that needs nothing but bytes and structure, on bytes in memory. */
export async function runOnBytes<P extends z.ZodType>(
  method: Method<P>,
  bytes: Uint8Array,
  originalName: string,
  params: Record<string, unknown> = {},
): Promise<RunOnBytes> {
  const source = bytesInMemory(bytes);
  const media = { originalName, bytes: source, structure: () => walkStructure(source) } as unknown as ExhibitMedia;
  const artefacts = new Map<string, Artefact>();
  const contents = new Map<string, { columns: string[]; rows: Row[string][][] }>();
  const context = {
    signal: new AbortController().signal,
    progress: silent,
    keep: (artefact, content) => {
      const sha256 = createHash('sha256').update(content).digest('hex');
      const kept = Artefact.parse({ ...artefact, sha256, sizeBytes: content.length, file: `${sha256}.json` });
      artefacts.set(kept.name, kept);
      contents.set(
        kept.name,
        JSON.parse(new TextDecoder().decode(content)) as { columns: string[]; rows: Row[string][][] },
      );
      return Promise.resolve(kept);
    },
  } as Partial<MethodContext> as MethodContext;
  const applicability = await method.accepts(media);
  const result = applicability.applies ? await method.run(media, method.params.parse(params), context) : undefined;
  const findings = (result?.findings ?? []).map((finding) => Finding.parse(finding));
  return {
    applies: applicability.applies,
    reason: applicability.applies ? undefined : applicability.reason,
    findings,
    codes: findings.map(({ code }) => code),
    artefacts,
    finding(code) {
      const [found, ...more] = findings.filter((finding) => finding.code === code);
      if (found === undefined || more.length > 0)
        throw new Error(`not one ${code} among ${findings.map((f) => f.code).join(' ')}`);
      return found;
    },
    rows(name) {
      const table = contents.get(name);
      return (table?.rows ?? []).map((row) =>
        Object.fromEntries((table?.columns ?? []).map((id, index) => [id, row[index] ?? null])),
      );
    },
  };
}
