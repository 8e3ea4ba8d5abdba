import type { Check } from '../base/check.ts';
import { bagInfoValue, payloadOxum } from './bag/bag-info.ts';
import { bagFiles, leadingFiles, listedTagFiles, parseManifestText, payloadPrefix } from './bag/bag-files.ts';
import type { Measured } from './bag/measure-file.ts';
import { bundleCheck } from './bundle-check.ts';

type Files = readonly (Measured & { readonly path: string })[];
type ReadText = (path: string) => Promise<Buffer | undefined>;

/**
 * Holds every file of a bag against its manifests, and the manifests against what is there: nothing changed, nothing
 * missing, nothing that is in nobody's list. What passed is said once, what failed once per file.
 */
export async function checkManifests(files: Files, text: ReadText): Promise<Check[]> {
  const checks: Check[] = [];
  const payload = files.filter(({ path }) => path.startsWith(payloadPrefix));
  const tags = files.filter(({ path }) => listedTagFiles.includes(path));
  const known = new Set([...leadingFiles, bagFiles.signature]);
  for (const { path } of files)
    if (!path.startsWith(payloadPrefix) && !known.has(path)) checks.push(bundleCheck('bag-file-listed', false, path));
  const sets = [
    { manifest: bagFiles.manifestSha256, digest: 'sha256', digits: 64, of: payload },
    { manifest: bagFiles.manifestSha512, digest: 'sha512', digits: 128, of: payload },
    { manifest: bagFiles.tagManifestSha256, digest: 'sha256', digits: 64, of: tags },
    { manifest: bagFiles.tagManifestSha512, digest: 'sha512', digits: 128, of: tags },
  ] as const;
  const failed = new Set<string>();
  const fail = (
    code: 'bag-file-unchanged' | 'bag-file-listed' | 'bag-file-present',
    path: string,
    by: string,
  ): void => {
    // Both manifests say the same of a file that was changed; once is enough to name it.
    if (!failed.has(`${code} ${path}`)) checks.push(bundleCheck(code, false, path, { by }));
    failed.add(`${code} ${path}`);
  };
  for (const { manifest, digest, digits, of } of sets) {
    const listed = parseManifestText((await text(manifest))?.toString('utf8') ?? '-', digits);
    if (listed === undefined) {
      checks.push(bundleCheck('bag-manifest', false, manifest));
      continue;
    }
    checks.push(bundleCheck('bag-manifest', true, manifest, { entries: listed.size }));
    const there = new Set(of.map(({ path }) => path));
    for (const file of of) {
      const due = listed.get(file.path);
      if (due === undefined) fail('bag-file-listed', file.path, manifest);
      else if (due !== file[digest]) fail('bag-file-unchanged', file.path, manifest);
    }
    for (const path of listed.keys()) if (!there.has(path)) fail('bag-file-present', path, manifest);
  }
  const sizeBytes = payload.reduce((sum, file) => sum + file.sizeBytes, 0);
  if (failed.size === 0) checks.push(bundleCheck('bag-payload', true, 'data', { files: payload.length, sizeBytes }));
  const stated = bagInfoValue((await text(bagFiles.info))?.toString('utf8') ?? '', 'Payload-Oxum');
  const isStated = stated === payloadOxum(sizeBytes, payload.length);
  checks.push(bundleCheck('bag-oxum', isStated, bagFiles.info, { stated: stated ?? '?' }));
  return checks;
}
