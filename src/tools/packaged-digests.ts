import { readFile } from 'node:fs/promises';
import { AssayError } from '../base/errors.ts';
import { locatePackagedTool, type Surroundings } from './locate-tool.ts';
import type { ToolName } from './tool.ts';

/**
 * Holds a program that was packaged with the application to the list of SHA-256 that it was packaged with. A program from
 * elsewhere is whatever the person installed, and passes.
 *
 * FORENSIC: findings must come from the program that Assay was tested with, or from one that the person chose. SECURITY:
 * the list lies inside the application's archive, whose integrity the system checks; the programs lie outside it.
 *
 * @throws AssayError `tool-altered`
 */
export async function checkPackaged(
  found: { readonly name: ToolName; readonly path: string; readonly sha256: string },
  around: Surroundings,
): Promise<void> {
  if ((await locatePackagedTool(found.name, around)) !== found.path) return;
  const listed = around.digestList === undefined ? '' : await readFile(around.digestList, 'utf8').catch(() => '');
  const expected = parseDigestList(listed).get(found.name);
  if (expected !== found.sha256) throw new AssayError('tool-altered', { tool: found.name, path: found.path });
}

/** What sha256sum writes, by program: `<64 hex digits>  ffmpeg`, with `.exe` or without. Other lines are passed over. */
export function parseDigestList(text: string): ReadonlyMap<string, string> {
  const lines = text.matchAll(/^([0-9a-f]{64}) [ *](?:.*[/\\])?(\w+)(?:\.exe)?\r?$/gm);
  return new Map([...lines].map(([, sha256 = '', name = '']) => [name, sha256]));
}
