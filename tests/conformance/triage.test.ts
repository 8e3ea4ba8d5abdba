import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { triage } from '../../src/contract/operations.ts';
import { runAssay } from '../support/command-line.ts';
import { describeWithMedia, sharedMedia } from './shared-media.ts';

const folders = ['corrupt', 'odd'];
const files =
  sharedMedia === undefined
    ? []
    : await Promise.all(
        folders.map(async (folder) =>
          (await readdir(join(sharedMedia ?? '', folder), { withFileTypes: true }))
            .filter((entry) => entry.isFile())
            .map(({ name }) => join(folder, name)),
        ),
      ).then((lists) => lists.flat());

describeWithMedia('triage of corrupt and odd files', (media) => {
  let work: string;
  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'assay-conformance-'));
  });
  afterAll(() => rm(work, { recursive: true, force: true }));

  it.each(files)('ends with a sealed report within a minute: %s', async (file) => {
    const out = join(work, file.replaceAll(/[^a-z0-9]/gi, '-'));
    const run = await runAssay(['triage', join(media, file), '--out', out, '--json'], {
      cwd: work,
      home: join(work, 'home'),
      timeoutMs: 60_000,
    });
    expect(run.stderr).not.toContain('must never do');
    expect(run.code).toBe(0);
    const { exhibits, report } = triage.output.parse(JSON.parse(run.stdout));
    expect(exhibits[0]?.examinations.filter(({ status }) => status === 'failed')).toEqual([]);
    const verified = await runAssay(['verify', report.folder], { cwd: work, home: join(work, 'home') });
    expect(verified.code).toBe(0);
  });
});
