import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import rdf from '@zazuko/env';
import SHACLValidator from 'rdf-validate-shacl';
import { beforeAll, describe, expect, it } from 'vitest';
import { caseGraph } from '../../../../src/bundle/derived/case-graph.ts';
import { uuid5 } from '../../../../src/bundle/derived/uuid.ts';
import type { CaseRecord } from '../../../../src/case/case-record.ts';
import type { ExhibitRecord } from '../../../../src/case/exhibit-record.ts';
import type { ExaminationResult } from '../../../../src/examination/result.ts';
import type { ReportExamination } from '../../../../src/report/model/report-input.ts';

const hex = (digits: number, digit = 'a') => digit.repeat(digits);

const record: CaseRecord = {
  schema: 'assay.case/1',
  id: '4884731f-03cb-420f-bd56-cb94fbef7e0a',
  title: 'A clip that circulates',
  reference: '2026-014',
  examiner: 'The examiner',
  language: 'en',
  timeZone: 'Asia/Almaty',
  createdAt: '2026-11-21T10:00:00.000Z',
};

const exhibit: ExhibitRecord = {
  schema: 'assay.exhibit/1',
  id: 'E001',
  role: 'questioned',
  source: 'a channel',
  name: 'clip "one".mp4',
  pathAsGiven: 'clip.mp4',
  fileName: 'original.mp4',
  sizeBytes: 123,
  sha256: hex(64),
  sha512: hex(128),
  md5: hex(32),
  fileTimes: { modified: null, changed: null, accessed: null, born: null },
  addedAt: '2026-11-21T10:01:00.000Z',
  addedBy: 'The examiner',
};

const result: ExaminationResult = {
  schema: 'assay.examination/1',
  key: hex(64, 'b'),
  exhibitSha256: exhibit.sha256,
  method: { id: 'ela', version: 3 },
  parameters: { quality: 90, name: 'x', list: [1, 2] },
  programs: [{ name: 'ffmpeg', version: '5.1', sha256: hex(64, 'c') }],
  commands: [],
  status: 'completed',
  details: {},
  findings: [],
  artefacts: [
    {
      kind: 'table',
      name: 'blocks',
      title: 'blocks',
      details: {},
      sha256: hex(64, 'd'),
      sizeBytes: 9,
      mediaType: 'application/json',
      file: `${hex(64, 'd')}.json`,
      columns: [],
      rows: 0,
    },
  ],
};

const examination: ReportExamination = {
  result,
  run: {
    schema: 'assay.run/1',
    key: result.key,
    assayVersion: '0.1.0',
    startedAt: '2026-11-21T10:02:00.000Z',
    endedAt: '2026-11-21T10:02:01.000Z',
    platform: 'linux',
    runs: [],
  },
  readArtefact: () => Promise.reject(new Error('not read')),
};

const recorded = {
  seq: 3,
  at: '2026-11-21T10:02:02.000Z',
  actor: 'Another examiner',
  action: 'examination.recorded',
  subject: `E001/examinations/${result.key}`,
  detail: { key: result.key, method: 'ela', version: 3, status: 'completed', files: { 'result.json': hex(64, 'e') } },
  ...{ key: hex(64), prev: hex(64), hash: hex(64), signature: '' },
};

interface Quad {
  readonly predicate: { readonly value: string };
}

/** Both parsers come along with @zazuko/env. */
let parse: (mediaType: string, text: string) => Promise<Quad[]>;
let shapes: Quad[];

beforeAll(async () => {
  const path = join(import.meta.dirname, '../../../support/case-uco-shapes.ttl');
  const formats = await import('@rdfjs/formats');
  rdf.formats.import(formats.default);
  parse = async (mediaType, text) => {
    const quads: Quad[] = [];
    const stream = rdf.formats.parsers.import(mediaType, Readable.from([text]) as never);
    for await (const quad of stream as unknown as AsyncIterable<Quad>) quads.push(quad);
    return quads;
  };
  shapes = await parse('text/turtle', await readFile(path, 'utf8'));
});

/** Read by a JSON-LD parser of another hand, held against the shapes by a SHACL validator of another hand. */
async function violationsOf(graph: unknown): Promise<string[]> {
  const data = rdf.dataset((await parse('application/ld+json', JSON.stringify(graph))) as never);
  // Classes of classes stand with the shapes; a validator looks for them beside the data.
  for (const quad of shapes) if (quad.predicate.value.endsWith('#subClassOf')) data.add(quad as never);
  const report = await new SHACLValidator(rdf.dataset(shapes as never), { factory: rdf }).validate(data);
  return report.results.map(
    ({ focusNode, path, message }) =>
      `${focusNode.value} ${(path as { value: string } | null)?.value ?? ''} ${message.map(({ value }) => value).join(' ')}`,
  );
}

const whole = () => caseGraph(record, [{ record: exhibit, examinations: [examination] }], [recorded]);

interface Graph {
  readonly '@graph': { '@id': string; '@type': string; [property: string]: unknown }[];
}

describe('caseGraph', () => {
  it('holds to what CASE and UCO ask of the terms that it uses', async () => {
    expect(await violationsOf(whole())).toEqual([]);
    expect(await violationsOf(caseGraph(record, [], []))).toEqual([]);
  });

  it('would be found out with a term that there is not, a hash that is none, or an action without its object', async () => {
    const graph = whole() as Graph;
    for (const node of graph['@graph']) {
      if (node['@type'] === 'uco-observable:File') delete node['uco-core:hasFacet'];
      if (node['@type'] === 'case-investigation:ProvenanceRecord') node['case-investigation:exhibitNumbr'] = 'E001';
    }
    expect((await violationsOf(graph)).length).toBeGreaterThan(2);
    const text = JSON.stringify(whole()).replaceAll(hex(64).toUpperCase(), 'not hex');
    expect((await violationsOf(JSON.parse(text))).join('\n')).toContain('hashValue');
  });

  it('has an action for each examination, with instrument, object and result', () => {
    const nodes = (whole() as Graph)['@graph'];
    const byId = new Map(nodes.map((node) => [node['@id'], node]));
    const action = nodes.find((node) => String(node['uco-core:name']).startsWith('ela 3 on E001'));
    const named = (property: string) =>
      (action?.[property] as { '@id': string }[]).map(({ '@id': id }) => byId.get(id)?.['@type']);
    expect(named('uco-action:instrument')).toEqual(['uco-tool:AnalyticTool', 'uco-tool:AnalyticTool', 'uco-tool:Tool']);
    expect(named('uco-action:object')).toEqual(['uco-observable:File', 'case-investigation:ProvenanceRecord']);
    expect(named('uco-action:result')).toEqual([
      'uco-observable:File',
      'uco-observable:File',
      'case-investigation:ProvenanceRecord',
    ]);
    const performer = action?.['uco-action:performer'] as { '@id': string };
    expect(byId.get(performer['@id'])?.['uco-core:name']).toBe('Another examiner');
  });

  it('names the same things the same way each time, and another case’s otherwise', () => {
    expect(JSON.stringify(whole())).toBe(JSON.stringify(whole()));
    const other = caseGraph({ ...record, id: '00000000-0000-4000-8000-000000000001' }, [], []) as Graph;
    const ids = new Set((whole() as Graph)['@graph'].map((node) => node['@id']));
    expect(other['@graph'].some((node) => ids.has(node['@id']))).toBe(false);
  });
});

describe('uuid5', () => {
  it('gives the identifier of the published example', () => {
    // RFC 9562, appendix A.4.
    expect(uuid5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });
});
