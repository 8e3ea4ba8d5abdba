// Every package that is installed must carry a licence that lets Assay be given away; anything else stops the check.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const allowed = new Set([
  '0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'CC-BY-3.0', 'CC-BY-4.0', 'ISC',
  'MIT', 'MIT-0', 'MPL-2.0', 'OFL-1.1', 'Python-2.0', 'Unlicense', 'WTFPL', 'Zlib', 'LGPL-3.0-or-later',
]); // prettier-ignore

/** Packages whose licence is outside the list, each with the reason why it may stay. */
const reasons = {
  'ffmpeg-static': 'GPL-3.0-or-later: an optional program beside Assay, run as a process of its own, never linked',
  'parse-cache-control':
    'names none in its manifest (BSD-3-Clause in its repository): only part of the installer of ffmpeg-static, never shipped',
  '@zazuko/env-core':
    'names none in its manifest (MIT in its repository): part of the check of case.jsonld in the tests, never shipped',
};

/** The licence of a package whose manifest names none, by the title of the text beside it. */
function byText(folder) {
  const path = join(folder, 'LICENSE');
  if (!existsSync(path)) return undefined;
  return /^\s*(?:The )?MIT License/i.test(readFileSync(path, 'utf8')) ? 'MIT' : undefined;
}

function allows(expression) {
  const inner = expression.replace(/^\((.*)\)$/, '$1');
  if (/ OR /.test(inner)) return inner.split(' OR ').some(allows);
  if (/ AND /.test(inner)) return inner.split(' AND ').every(allows);
  return allowed.has(inner);
}

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const bad = [];
let looked = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  if (path === '' || entry.link) continue;
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const manifest = join(root, path, 'package.json');
  const said = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : entry;
  const licence =
    typeof said.license === 'string'
      ? said.license
      : (said.license?.type ?? said.licenses?.[0]?.type ?? entry.license ?? byText(join(root, path)));
  looked += 1;
  if (reasons[name] === undefined && !(licence && allows(licence)))
    bad.push(`${name}@${entry.version}: ${licence ?? 'no licence'}`);
}
for (const line of bad) console.error(line);
console.log(`${looked} packages looked at, ${bad.length} with a licence outside the list`);
process.exit(bad.length === 0 ? 0 : 1);
