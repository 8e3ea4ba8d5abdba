import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const locales = resolve(import.meta.dirname, '../../../resources/locales');

/**
 * Words that claim more than a measurement can. SWGDE 23-V-001 knows three outcomes and no certainty but for known
 * alterations; ENFSI-BPM-DI-03 leaves the strength of support to the examiner. `reason` says what each would claim.
 * `unless` are phrases in which the word denies a claim or names something else; each is looked for word by word.
 */
const banned: readonly { words: RegExp; reason: string; unless?: RegExp }[] = [
  {
    words: /\bprov(?:e|es|ed|en|ing)\b|\bproof\b/i,
    reason: 'a trace supports, it does not prove',
    unless: /\b(?:no|not|never|nothing|cannot|neither)\b[^.]*\bpro(?:v|of)/i,
  },
  {
    words:
      /\bcertain(?:ly|ty)?\b|\bdefinite(?:ly)?\b|\bundoubted(?:ly)?\b|\bwithout (?:a |any )?doubt\b|\bunquestionabl[ey]\b/i,
    reason: 'no examination is certain',
  },
  { words: /\bguarante(?:e|es|ed|eing)\b/i, reason: 'nothing is guaranteed' },
  { words: /\b100 ?%|\bone hundred per ?cent\b/i, reason: 'a probability of one' },
  {
    words: /\b(?:is|are|was|were) (?:genuine|authentic|original|real)\b|\bauthenticated\b/i,
    reason: 'absence of traces is no proof of authenticity',
    unless: /\b(?:not|never|whether|if|cannot)\b/i,
  },
  {
    words:
      /\b(?:is|are|was|were) (?:a )?(?:fake|faked|forged|manipulated|tampered with|doctored)\b|\bdeepfake detected\b/i,
    reason: 'a verdict on the exhibit, not a finding',
    unless: /\b(?:not|never|whether|if|cannot)\b/i,
  },
  {
    words: /\b(?:fake|authenticity|confidence) score\b|\bprobability of (?:being )?(?:fake|manipulation)\b/i,
    reason: 'a number that looks like a verdict',
  },
  // Russian, Kazakh, Kyrgyz, Tajik and Uzbek, for the day when their texts come.
  {
    words:
      /доказ(?:ано|ывает|ательство подлинности)|несомненно|гарантир|подлинность подтверждена|поддельн(?:ый|ая|ое) файл/i,
    reason: 'certainty in Russian',
  },
  { words: /сөзсіз|күмәнсіз|дәлелденді|шүбәсіз/i, reason: 'certainty in Kazakh' },
  { words: /шексиз|талашсыз|далилденди/i, reason: 'certainty in Kyrgyz' },
  { words: /бешубҳа|бешак|исбот шуд/i, reason: 'certainty in Tajik' },
  { words: /shubhasiz|isbotlandi|kafolatlan/i, reason: 'certainty in Uzbek' },
];

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function sentencesOf(value: unknown): string[] {
  if (typeof value === 'string') return value.split(/(?<=[.!?:;])\s+/);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sentencesOf) : [];
}

/** Sentences that claim certainty, with the reason why they may not. */
export function claims(sentences: readonly string[]): string[] {
  return sentences.flatMap((sentence) =>
    banned
      .filter(({ words, unless }) => words.test(sentence) && unless?.test(sentence) !== true)
      .map(({ reason }) => `${sentence} (${reason})`),
  );
}

/** Texts that stand in a report: its own, the methods', units', and the words of checks and of the custody log. */
const inReports = /\/(?:report|units|case|seal)\.json$|\/methods\//;

describe('texts of reports', () => {
  it.each(readdirSync(locales))('claim no certainty in %s', (language) => {
    const files = filesOf(join(locales, language)).filter((file) => inReports.test(file.replaceAll('\\', '/')));
    expect(files.length).toBeGreaterThan(1);
    const found = files.flatMap((file) =>
      claims(sentencesOf(JSON.parse(readFileSync(file, 'utf8')))).map(
        (claim) => `${file.slice(locales.length + 1)}: ${claim}`,
      ),
    );
    expect(found).toEqual([]);
  });

  it('would be caught if they did', () => {
    const wrong = [
      'This proves that the film was edited.',
      'The recording is authentic.',
      'The picture is certainly original.',
      'The clip was manipulated.',
      'Authenticity score: 87.',
      'Запись несомненно изменена.',
    ];
    for (const sentence of wrong) expect(claims([sentence]), sentence).not.toEqual([]);
  });

  it('may deny what they cannot claim', () => {
    const right = [
      'Normal sync does not prove anything.',
      'It cannot show whether a file is authentic.',
      'This is no proof of editing.',
    ];
    expect(claims(right)).toEqual([]);
  });
});
