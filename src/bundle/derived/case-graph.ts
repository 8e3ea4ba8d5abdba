import type { CaseRecord } from '../../case/case-record.ts';
import { detailOf } from '../../case/custody/custody-action.ts';
import type { CustodyEntry } from '../../case/custody-entry.ts';
import type { ExhibitRecord } from '../../case/exhibit-record.ts';
import { examinationSubject } from '../../case/recorded-folders.ts';
import type { ExaminationStatus, ProgramIdentity } from '../../examination/result.ts';
import type { ReportExamination } from '../../report/model/report-input.ts';
import { dateTime, fileNode, literal, reference, type Node } from './graph-nodes.ts';
import { uuid5 } from './uuid.ts';

export interface ExaminedExhibit {
  readonly record: ExhibitRecord;
  readonly examinations: readonly ReportExamination[];
}

/** Prefixes of CASE 1.x and UCO 1.x: https://caseontology.org, https://unifiedcyberontology.org */
const context = {
  'case-investigation': 'https://ontology.caseontology.org/case/investigation/',
  'case-vocabulary': 'https://ontology.caseontology.org/case/vocabulary/',
  'uco-action': 'https://ontology.unifiedcyberontology.org/uco/action/',
  'uco-core': 'https://ontology.unifiedcyberontology.org/uco/core/',
  'uco-identity': 'https://ontology.unifiedcyberontology.org/uco/identity/',
  'uco-observable': 'https://ontology.unifiedcyberontology.org/uco/observable/',
  'uco-tool': 'https://ontology.unifiedcyberontology.org/uco/tool/',
  'uco-types': 'https://ontology.unifiedcyberontology.org/uco/types/',
  'uco-vocabulary': 'https://ontology.unifiedcyberontology.org/uco/vocabulary/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;

/** Members of UCO's ActionStatusTypeVocab. A method that did not apply has run to its end all the same. */
const statuses: Readonly<Record<ExaminationStatus, string>> = {
  completed: 'Success',
  'not-applicable': 'Complete/Finish',
  'not-completed': 'Fail',
  failed: 'Error',
};

/**
 * A case as a CASE/UCO graph (JSON-LD): the investigation, who acted, with which programs, every exhibit with its hashes
 * and provenance record, its intake, and each examination as an investigative action with instrument, object and result.
 * Identifiers are name-based UUIDs in the case's own namespace: the same case has the same graph, and two exports of it
 * speak of the same things.
 */
export function caseGraph(
  record: CaseRecord,
  exhibits: readonly ExaminedExhibit[],
  entries: readonly CustodyEntry[],
): unknown {
  const iri = (name: string): string => `urn:uuid:${uuid5(record.id, name)}`;
  const nodes = new Map<string, Node>();
  const add = (node: Node): Node => {
    if (!nodes.has(node['@id'])) nodes.set(node['@id'], node);
    return node;
  };
  const identity = (name: string): Node =>
    add({ '@id': iri(`identity/${name}`), '@type': 'uco-identity:Identity', 'uco-core:name': name });
  const tool = (name: string, version: string, sha256?: string): Node =>
    add({
      '@id': iri(`tool/${name}/${version}/${sha256 ?? ''}`),
      '@type': name === 'Assay' || sha256 === undefined ? 'uco-tool:AnalyticTool' : 'uco-tool:Tool',
      'uco-core:name': name,
      'uco-tool:version': version,
      ...(sha256 === undefined ? {} : { 'uco-core:description': `SHA-256 ${sha256}` }),
    });

  for (const exhibit of exhibits) {
    const { record: of } = exhibit;
    const original = add(
      fileNode(iri, `exhibit/${of.id}/${of.sha256}`, {
        name: of.name,
        path: `exhibits/${of.id}/${of.fileName}`,
        sizeBytes: of.sizeBytes,
        hashes: { MD5: of.md5, SHA256: of.sha256, SHA512: of.sha512 },
      }),
    );
    const provenance = add({
      '@id': iri(`provenance/${of.id}/${of.sha256}`),
      '@type': 'case-investigation:ProvenanceRecord',
      'uco-core:name': of.id,
      ...(of.source === undefined ? {} : { 'uco-core:description': of.source }),
      'case-investigation:exhibitNumber': of.id,
      'case-investigation:rootExhibitNumber': of.id,
      'uco-core:object': [reference(original)],
    });
    const intake = add({
      '@id': iri(`intake/${of.id}/${of.sha256}`),
      '@type': 'case-investigation:InvestigativeAction',
      'uco-core:name': `Intake of ${of.id}`,
      'uco-action:startTime': dateTime(of.addedAt),
      'uco-action:actionStatus': actionStatus('Success'),
      'uco-action:performer': reference(identity(of.addedBy)),
      'uco-action:object': [reference(original)],
      'uco-action:result': [reference(original), reference(provenance)],
    });
    for (const examination of exhibit.examinations)
      addExamination(examination, { of, original, provenance, intake, entries, iri, add, identity, tool });
  }

  add({
    '@id': iri('investigation'),
    '@type': 'case-investigation:Investigation',
    'uco-core:name': record.title,
    ...(record.reference === undefined ? {} : { 'uco-core:description': record.reference }),
    'case-investigation:focus': record.title,
    'case-investigation:investigationForm': literal('case', 'case-vocabulary:InvestigationFormVocab'),
    'uco-core:startTime': dateTime(record.createdAt),
    // A compilation compiles something: an empty case compiles the examiner.
    'uco-core:object': (nodes.size === 0 ? [identity(record.examiner)] : [...nodes.values()]).map(reference),
  });
  return {
    '@context': context,
    '@graph': [...nodes.values()].sort((a, b) => (a['@id'] < b['@id'] ? -1 : 1)),
  };
}

interface Surroundings {
  readonly of: ExhibitRecord;
  readonly original: Node;
  readonly provenance: Node;
  readonly intake: Node;
  readonly entries: readonly CustodyEntry[];
  readonly iri: (name: string) => string;
  readonly add: (node: Node) => Node;
  readonly identity: (name: string) => Node;
  readonly tool: (name: string, version: string, sha256?: string) => Node;
}

function addExamination({ result, run }: ReportExamination, around: Surroundings): void {
  const { of, iri, add } = around;
  const { id, version } = result.method;
  const folder = `exhibits/${of.id}/examinations/${result.key}`;
  const recorded = around.entries.findLast(
    (entry) => entry.subject === examinationSubject(of.id, result.key) && entry.action === 'examination.recorded',
  );
  const hash = recorded && detailOf(recorded, 'examination.recorded')?.files['result.json'];
  const results = [
    ...(hash === undefined
      ? []
      : [
          fileNode(iri, `result/${result.key}`, {
            name: 'result.json',
            path: `${folder}/result.json`,
            hashes: { SHA256: hash },
          }),
        ]),
    ...result.artefacts.map((artefact) =>
      fileNode(iri, `artefact/${result.key}/${artefact.name}/${artefact.sha256}`, {
        name: artefact.file,
        path: `${folder}/${artefact.file}`,
        sizeBytes: artefact.sizeBytes,
        mediaType: artefact.mediaType,
        hashes: { SHA256: artefact.sha256 },
      }),
    ),
  ].map(add);
  const made = add({
    '@id': iri(`provenance/${of.id}/${result.key}`),
    '@type': 'case-investigation:ProvenanceRecord',
    'uco-core:name': `${of.id} ${id} ${String(version)}`,
    'case-investigation:rootExhibitNumber': of.id,
    'uco-core:object': [around.original, ...results].map(reference),
  });
  const instruments = [
    around.tool(`Assay ${id}`, String(version)),
    ...(run === undefined ? [] : [around.tool('Assay', run.assayVersion)]),
    ...result.programs.map((program: ProgramIdentity) => around.tool(program.name, program.version, program.sha256)),
  ];
  add({
    '@id': iri(`examination/${of.id}/${result.key}`),
    '@type': 'case-investigation:InvestigativeAction',
    'uco-core:name': `${id} ${String(version)} on ${of.id}`,
    ...(run === undefined
      ? {}
      : { 'uco-action:startTime': dateTime(run.startedAt), 'uco-action:endTime': dateTime(run.endedAt) }),
    'uco-action:actionStatus': actionStatus(statuses[result.status]),
    ...(recorded === undefined ? {} : { 'uco-action:performer': reference(around.identity(recorded.actor)) }),
    'uco-action:instrument': instruments.map(reference),
    'uco-action:object': [around.original, around.provenance].map(reference),
    'uco-action:result': [...results, made].map(reference),
    'case-investigation:wasInformedBy': [reference(around.intake)],
    'uco-core:hasFacet': Object.entries(result.parameters).map(([name, value]) => ({
      '@id': iri(`parameter/${of.id}/${result.key}/${name}`),
      '@type': 'uco-action:ActionArgumentFacet',
      'uco-action:argumentName': name,
      'uco-action:value': typeof value === 'string' ? value : JSON.stringify(value),
    })),
  });
}

function actionStatus(value: string): unknown {
  return literal(value, 'uco-vocabulary:ActionStatusTypeVocab');
}
