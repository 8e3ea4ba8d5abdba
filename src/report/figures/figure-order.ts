import type { ReportedExhibit, ReportModel } from '../model/report-model.ts';

/** Pictured artefacts in the order in which a report numbers them: those on cards, then those among the details. */
export function figureOrder(model: ReportModel): string[] {
  const onCards = model.exhibits.flatMap((exhibit) => {
    const owners = pictureOwners(exhibit);
    return exhibit.findings.flatMap(({ id, artefacts }) => artefacts.filter((artefact) => owners.get(artefact) === id));
  });
  const inDetails = model.exhibits.flatMap(({ examinations }) =>
    examinations.flatMap(({ artefacts }) =>
      artefacts.filter(({ shown }) => shown === 'in-details').map(({ id }) => id),
    ),
  );
  return [...new Set([...onCards, ...inDetails])];
}

/** Which finding's card pictures an artefact: the first that names it. */
export function pictureOwners(exhibit: ReportedExhibit): ReadonlyMap<string, string> {
  const beside = new Set(
    exhibit.examinations.flatMap(({ artefacts }) =>
      artefacts.filter((a) => a.shown === 'with-finding').map(({ id }) => id),
    ),
  );
  const owners = new Map<string, string>();
  for (const finding of exhibit.findings)
    if (finding.outcome !== 'information')
      for (const id of finding.artefacts) if (beside.has(id) && !owners.has(id)) owners.set(id, finding.id);
  return owners;
}
