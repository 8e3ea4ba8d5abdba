import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAgeSource } from '../../../src/bundle/age/age-source.ts';
import { bundleCommands } from '../../../src/bundle/bag/how-to-verify-bundle.ts';
import { memorySource } from '../../../src/bundle/byte-source.ts';
import { isUnpackedBundle, verifyUnpacked } from '../../../src/bundle/verify-unpacked.ts';
import { verifyBundle } from '../../../src/bundle/verify-bundle.ts';
import { fingerprintWithColons } from '../../../src/seal/fingerprint/fingerprint-words.ts';
import { readKeptPassphrase } from '../../../src/seal/identity/identity-folder.ts';
import { openAgeKey } from '../../../src/seal/recipient/age-key.ts';
import { openBench, type Bench } from '../../unit/case/case-fixture.ts';
import { packCase, smallCase } from '../../unit/bundle/bundle-fixture.ts';

/*
 * What others check a bundle with: unzip, sha256sum, sha512sum, openssl, Python's zipfile and a few lines of Python that
 * read a bag as RFC 8493 describes it, and age. A program that is not here is skipped, and its test says so.
 */
const has = (program: string, ...args: string[]) => spawnSync(program, args).error === undefined;

/** A bag checker of another hand: RFC 8493 §3, in Python's standard library alone. */
const bagChecker = `
import hashlib, os, re, sys
bag = sys.argv[1]
def text(name): return open(os.path.join(bag, name), encoding='utf-8', newline='').read()
assert text('bagit.txt') == 'BagIt-Version: 1.0\\nTag-File-Character-Encoding: UTF-8\\n'
def manifest(name): return dict((p, d) for d, p in (l.split('  ', 1) for l in text(name).splitlines()))
payload = {os.path.relpath(os.path.join(d, f), bag).replace(os.sep, '/') for d, _, fs in os.walk(os.path.join(bag, 'data')) for f in fs}
for algorithm in ('sha256', 'sha512'):
    m = manifest('manifest-%s.txt' % algorithm)
    assert set(m) == payload, set(m) ^ payload
    t = manifest('tagmanifest-%s.txt' % algorithm)
    assert not any(n.startswith('tagmanifest') for n in t)
    for p, digest in list(m.items()) + list(t.items()):
        assert hashlib.new(algorithm, open(os.path.join(bag, p), 'rb').read()).hexdigest() == digest, p
oxum = re.search('^Payload-Oxum: (\\\\d+)\\\\.(\\\\d+)$', text('bag-info.txt'), re.M)
assert int(oxum[1]) == sum(os.path.getsize(os.path.join(bag, p)) for p in payload)
assert int(oxum[2]) == len(payload)
print('valid bag', len(payload))
`;

let bench: Bench;
let bundle: string;
let bag: string;

beforeAll(async () => {
  bench = await openBench();
  const made = await smallCase(bench, 'case');
  bundle = (await packCase(bench, made, bench.path('bundle.zip'))).path;
  await made.close();
  await mkdir(bench.path('unpacked'));
  spawnSync('unzip', ['-q', bundle, '-d', bench.path('unpacked')]);
  bag = bench.path('unpacked', (await readdir(bench.path('unpacked')))[0] ?? 'none');
});

afterAll(() => bench.remove());

const bash = (command: string, cwd = bag) => spawnSync('bash', ['-c', command], { cwd, encoding: 'utf8' });

describe.skipIf(!has('unzip', '-v') || !has('openssl', 'version'))(
  'the commands of HOW-TO-VERIFY.txt (skipped without unzip and openssl)',
  () => {
    it('are all in the text, and all say yes', async () => {
      const text = await readFile(join(bag, 'HOW-TO-VERIFY.txt'), 'utf8');
      for (const command of Object.values(bundleCommands)) expect(text).toContain(command);
      expect(bash(bundleCommands.signature)).toMatchObject({ status: 0 });
      expect(bash(bundleCommands.signature).stderr).toContain('Verification successful');
      expect(bash(bundleCommands.signer).stdout).toContain(fingerprintWithColons(bench.identity.fingerprint));
      expect(bash(bundleCommands.tagFiles)).toMatchObject({ status: 0 });
      expect(bash(bundleCommands.payload)).toMatchObject({ status: 0 });
      expect(bash(bundleCommands.payloadSha512)).toMatchObject({ status: 0, stdout: '' });
      expect(bash(bundleCommands.unlisted)).toMatchObject({ status: 0, stdout: '' });
    });

    it('are not the only ones: Assay verifies what was unpacked as well', async () => {
      expect(await isUnpackedBundle(bag)).toBe(true);
      const { checks, signers } = await verifyUnpacked(bag);
      expect(checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
      expect(signers.map(({ valid }) => valid)).toEqual([true]);
      await writeFile(join(bag, 'data/case/stranger.txt'), 'x');
      await symlink('/etc/hostname', join(bag, 'data/case/link'));
      const again = (await verifyUnpacked(bag)).checks.filter(({ outcome }) => outcome === 'failed');
      expect(again.map(({ subject }) => subject)).toEqual(
        expect.arrayContaining(['data/case/stranger.txt', 'data/case/link']),
      );
      await rm(join(bag, 'data/case/stranger.txt'));
      await rm(join(bag, 'data/case/link'));
    });

    it('say no once something was changed or added', async () => {
      await writeFile(join(bag, 'data/case/added.txt'), 'added');
      expect(bash(bundleCommands.unlisted).stdout).toContain('data/case/added.txt');
      await writeFile(join(bag, 'bag-info.txt'), 'changed');
      expect(bash(bundleCommands.tagFiles).status).not.toBe(0);
      await writeFile(join(bag, 'tagmanifest-sha256.txt'), 'changed');
      expect(bash(bundleCommands.signature).status).not.toBe(0);
    });
  },
);

describe.skipIf(!has('python3', '--version'))('Python (skipped without python3)', () => {
  it('finds the archive in order and the bag valid', async () => {
    const script =
      'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; z.extractall(sys.argv[2]); print(len(z.namelist()))';
    const opened = spawnSync('python3', ['-c', script, bundle, bench.path('python')], { encoding: 'utf8' });
    expect(opened).toMatchObject({ status: 0, stderr: '' });
    const [folder = ''] = await readdir(bench.path('python'));
    const checked = spawnSync('python3', ['-c', bagChecker, bench.path('python', folder)], { encoding: 'utf8' });
    expect(checked.stderr).toBe('');
    expect(checked.stdout).toContain('valid bag');
  });
});

describe.skipIf(!has('age', '--version') || !has('age-keygen', '--version'))(
  'age (skipped without age: apt-get install age)',
  () => {
    it('opens what is encrypted to its own key and to an identity of ours, byte for byte', async () => {
      const key = bench.path('age-key.txt');
      spawnSync('age-keygen', ['-o', key]);
      const foreign = spawnSync('age-keygen', ['-y', key], { encoding: 'utf8' }).stdout.trim();
      const own = bench.identity.ageRecipient ?? '';
      const opened = await bench.open('case');
      const plain = await packCase(bench, opened, bench.path('plain.zip'), { recipients: [] });
      const sealed = await packCase(bench, opened, bench.path('sealed.age'), { recipients: [foreign, own] });
      const again = await packCase(bench, opened, bench.path('again.age'), { recipients: [foreign, own] });
      await opened.close();
      // Encryption is never the same twice; what is inside is.
      expect(again.bundleSha256).toBe(sealed.bundleSha256);
      expect(again.sha256).not.toBe(sealed.sha256);
      const byAge = spawnSync('age', ['-d', '-i', key, sealed.path], { maxBuffer: 1 << 28 }).stdout;
      expect(byAge.length).toBe(sealed.bundleBytes);
      const secret = (await openAgeKey(bench.identity, await readKeptPassphrase(bench.identity.folder))) ?? '';
      const source = await openAgeSource(memorySource(await readFile(sealed.path)), secret, 'sealed.age');
      expect(Buffer.compare(await source.read(0, source.sizeBytes), byAge)).toBe(0);
      expect((await verifyBundle(source)).checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
      expect(plain.sizeBytes).toBeGreaterThan(0);
    });

    it('and what age encrypted opens here, at any place and of any size', async () => {
      const own = bench.identity.ageRecipient ?? '';
      const secret = (await openAgeKey(bench.identity, await readKeptPassphrase(bench.identity.folder))) ?? '';
      for (const sizeBytes of [0, 1, 65_535, 65_536, 65_537, 200_000]) {
        const plain = Buffer.from(
          Uint8Array.from({ length: sizeBytes }, (_, index) => (index * 31 + (index >> 8)) & 0xff),
        );
        const sealed = spawnSync('age', ['-r', own], { input: plain, maxBuffer: 1 << 28 }).stdout;
        const source = await openAgeSource(memorySource(sealed), secret, 'x.age');
        expect(source.sizeBytes).toBe(sizeBytes);
        expect(Buffer.compare(await source.read(0, sizeBytes), plain)).toBe(0);
        for (const offset of [0, 65_530, 65_536, 131_000])
          expect(Buffer.compare(await source.read(offset, 100), plain.subarray(offset, offset + 100))).toBe(0);
      }
    });

    it('a changed or cut piece says so when it is read', async () => {
      const own = bench.identity.ageRecipient ?? '';
      const secret = (await openAgeKey(bench.identity, await readKeptPassphrase(bench.identity.folder))) ?? '';
      const sealed = spawnSync('age', ['-r', own], { input: Buffer.alloc(200_000, 7), maxBuffer: 1 << 28 }).stdout;
      const changed = Buffer.from(sealed);
      changed[100_000] = (changed[100_000] ?? 0) ^ 1;
      const source = await openAgeSource(memorySource(changed), secret, 'x.age');
      await expect(source.read(0, 1000)).resolves.toHaveLength(1000);
      await expect(source.read(65_536, 1000)).rejects.toMatchObject({ code: 'bundle-altered' });
      const cut = await openAgeSource(memorySource(sealed.subarray(0, sealed.length - 500)), secret, 'x.age');
      await expect(cut.read(cut.sizeBytes - 1, 1)).rejects.toMatchObject({ code: 'bundle-altered' });
    });
  },
);
