import type { FindingInput } from '../../base/finding.ts';
import { childrenOf, field, textField } from '../../containers/structure-query.ts';
import type { FieldValue, Structure, StructureNode } from '../../containers/structure.ts';
import { bytes, count, placesOf } from './finding-parts.ts';

/** Keys of items and tags that name the software or firmware that wrote a file. */
const writerKeys: ReadonlySet<string> = new Set([
  ...['©too', '©swr', '©enc', '©fmt', 'encoder', 'ENCODER', 'software', 'Software', 'com.apple.quicktime.software'],
  ...['com.android.version', 'FIRM', 'CNFV', 'ISFT', 'MuxingApp', 'WritingApp', 'IENC', '_STATISTICS_WRITING_APP'],
]);

/** Different names of writers that get a finding each; a hostile file can have tens of thousands. */
const maxWriters = 16;

interface Statement {
  readonly text: string;
  readonly node: StructureNode;
}

/** What a file says of its writer, each name once with every place that says it. */
export function writerFindings(structure: Structure): readonly FindingInput[] {
  const writers = structure.nodes.flatMap((node) => writerOf(structure, node));
  const groups = grouped(writers);
  return [
    ...groups.slice(0, maxWriters).map(({ text, nodes }): FindingInput => {
      // FFmpeg's container library signs every file that it writes, whether it re-encoded anything or only repacked it.
      const isLavf = /^Lav[fc]\d/.test(text);
      return {
        code: isLavf ? 'written-by-ffmpeg' : 'written-by',
        outcome: 'information',
        details: { writer: text, node: nodes[0]?.path ?? '' },
        places: placesOf(nodes),
        limits: isLavf ? ['remux', 'tags-can-be-set'] : ['tags-can-be-set'],
      };
    }),
    ...further(groups.length - maxWriters),
    ...named(structure, 'hdlr', 'name', 'handler-names'),
    ...compressors(structure),
    ...comments(structure),
  ];
}

function further(statements: number): readonly FindingInput[] {
  if (statements <= 0) return [];
  return [{ code: 'further-writers', outcome: 'information', measures: { statements: count(statements) } }];
}

function writerOf(structure: Structure, node: StructureNode): readonly Statement[] {
  const text = (value: FieldValue | undefined): readonly Statement[] =>
    statementOf(typeof value === 'string' ? value : '', node);
  // An item of `ilst` has its name or key itself, its value is in the `data` box inside.
  if (node.type === 'data') {
    const item = structure.nodes[node.parent];
    const key = item && (textField(item, 'key') ?? item.type);
    return key !== undefined && writerKeys.has(key) ? text(field(node, 'value')) : [];
  }
  if (node.type === 'SimpleTag') return text(simpleTagWriter(structure, node));
  if (node.type === 'bext') return text(field(node, 'originator'));
  if (node.type === 'tEXt' || node.type === 'iTXt' || node.type === 'zTXt')
    return field(node, 'keyword') === 'Software' ? text(field(node, 'value')) : [];
  return writerKeys.has(node.type) ? text(field(node, 'value')) : [];
}

function simpleTagWriter(structure: Structure, tag: StructureNode): FieldValue | undefined {
  const children = childrenOf(structure, tag.id);
  const name = textField(
    children.find(({ type }) => type === 'TagName'),
    'value',
  );
  if (name === undefined || !writerKeys.has(name)) return undefined;
  return field(
    children.find(({ type }) => type === 'TagString'),
    'value',
  );
}

/** One finding that lists a text field of all nodes of a type. */
function named(structure: Structure, type: string, name: string, code: string): readonly FindingInput[] {
  const statements = structure.nodes
    .filter((node) => node.type === type)
    .flatMap((node) => statementOf(textField(node, name) ?? '', node));
  return asList(statements, code);
}

function compressors(structure: Structure): readonly FindingInput[] {
  const statements = structure.nodes.flatMap((node) => statementOf(textField(node, 'compressorName') ?? '', node));
  return asList(statements, 'compressor-names');
}

/** Comments that can be read, and comment segments that hold something else: those can carry anything. */
function comments(structure: Structure): readonly FindingInput[] {
  const nodes = structure.nodes.filter(({ type }) => type === 'COM' || type === 'comment-extension');
  const statements = nodes
    .filter((node) => isReadable(textField(node, 'value')?.trim() ?? ''))
    .flatMap((node) => statementOf(textField(node, 'value') ?? '', node));
  const binary = nodes.filter((node) => !isReadable(textField(node, 'value')?.trim() ?? ''));
  const size = binary.reduce((sum, node) => sum + node.sizeBytes - node.headerBytes, 0);
  const findings = [...asList(statements, 'comments')];
  if (size > 0)
    findings.push({
      code: 'comments-without-text',
      outcome: 'information',
      measures: { segments: count(binary.length), size: bytes(size) },
      places: placesOf(binary),
      limits: ['damage-or-edit'],
    });
  return findings;
}

/** Text has next to no control characters, and decodes without replacements. */
function isReadable(text: string): boolean {
  if (text === '') return false;
  // eslint-disable-next-line no-control-regex -- control characters are what is counted
  const odd = text.match(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufffd]/g)?.length ?? 0;
  return odd / text.length < 0.05;
}

/** A text as a sentence can show it: without control characters, cut where it is long. None where nothing is left. */
function statementOf(text: string, node: StructureNode): readonly Statement[] {
  // eslint-disable-next-line no-control-regex -- control characters are what is taken out
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f\ufffd]+/g, ' ').trim();
  if (clean === '') return [];
  return [{ text: clean.length > 160 ? `${clean.slice(0, 160)}…` : clean, node }];
}

function asList(statements: readonly Statement[], code: string): readonly FindingInput[] {
  if (statements.length === 0) return [];
  const texts = grouped(statements).map(({ text }) => text);
  return [
    {
      code,
      outcome: 'information',
      details: { names: texts.slice(0, 20).join('; ') },
      places: placesOf(statements.map(({ node }) => node)),
      limits: ['tags-can-be-set'],
    },
  ];
}

function grouped(statements: readonly Statement[]): readonly { text: string; nodes: StructureNode[] }[] {
  const groups = new Map<string, StructureNode[]>();
  for (const { text, node } of statements) {
    const nodes = groups.get(text);
    if (nodes) nodes.push(node);
    else groups.set(text, [node]);
  }
  return [...groups].map(([text, nodes]) => ({ text, nodes }));
}
