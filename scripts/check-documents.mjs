// Links between our documents lead somewhere, every method has its page, and every ADR is in the list.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const problems = [];

function markdown(folder) {
  return readdirSync(folder).flatMap((name) => {
    if (['node_modules', 'dist', '.git', '.cache'].includes(name)) return [];
    const path = join(folder, name);
    return statSync(path).isDirectory() ? markdown(path) : name.endsWith('.md') ? [path] : [];
  });
}

const pages = markdown(root);
for (const page of pages)
  for (const [, target] of readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:|^#/.test(target)) continue;
    if (!existsSync(resolve(dirname(page), decodeURI(target.split('#')[0]))))
      problems.push(`${page.slice(root.length + 1)}: ${target} leads nowhere`);
  }

const methods = join(root, 'src/methods');
for (const name of readdirSync(methods)) {
  if (!existsSync(join(methods, name, 'method.ts'))) continue;
  if (!existsSync(join(methods, name, 'README.md'))) problems.push(`src/methods/${name}: no README.md`);
  if (!existsSync(join(root, 'resources/locales/en/methods', `${name}.json`)))
    problems.push(`src/methods/${name}: no texts`);
}

const adr = join(root, 'docs/adr');
const list = existsSync(join(adr, 'README.md')) ? readFileSync(join(adr, 'README.md'), 'utf8') : '';
for (const name of readdirSync(adr))
  if (/^\d{4}-/.test(name) && !list.includes(name)) problems.push(`docs/adr/${name}: not in docs/adr/README.md`);

for (const problem of problems) console.error(problem);
console.log(`${pages.length} pages, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
