// Every language says everything that English says, with the same placeholders, and nothing else.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(dirname(fileURLToPath(import.meta.url))), 'resources/locales');

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : name.endsWith('.json') ? [path] : [];
  });
}

function leaves(value, path, into) {
  if (typeof value === 'string') into.set(path, value);
  else for (const [key, inner] of Object.entries(value)) leaves(inner, path === '' ? key : `${path}.${key}`, into);
  return into;
}

const plural = /_(zero|one|two|few|many|other)$/;
const placeholders = (text) =>
  [...new Set([...text.matchAll(/\{\{\s*([\w-]+)[^}]*\}\}/g)].map((match) => match[1]))].sort();

/** Texts of one language by `file:key`; plural forms fold into one key, since languages differ in how many they have. */
function texts(language) {
  const all = new Map();
  for (const file of files(join(root, language)))
    for (const [key, text] of leaves(JSON.parse(readFileSync(file, 'utf8')), '', new Map()))
      all.set(`${relative(join(root, language), file)}:${key.replace(plural, '_#')}`, text);
  return all;
}

const languages = readdirSync(root).filter((name) => statSync(join(root, name)).isDirectory());
const english = texts('en');
const problems = [];
for (const [key, text] of english) if (text.trim() === '') problems.push(`en ${key}: empty`);
for (const language of languages.filter((name) => name !== 'en')) {
  const theirs = texts(language);
  for (const [key, text] of english) {
    const said = theirs.get(key);
    if (said === undefined) problems.push(`${language} ${key}: missing`);
    else if (said.trim() === '') problems.push(`${language} ${key}: empty`);
    else if (!key.endsWith('_#') && placeholders(said).join() !== placeholders(text).join())
      problems.push(
        `${language} ${key}: placeholders ${placeholders(said).join()} instead of ${placeholders(text).join()}`,
      );
  }
  for (const key of theirs.keys()) if (!english.has(key)) problems.push(`${language} ${key}: not in English`);
}
for (const problem of problems) console.error(problem);
console.log(`${languages.length} languages, ${english.size} texts each, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
