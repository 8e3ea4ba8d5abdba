import { bookmarkStatuses, provenanceQuestions } from '../../base/judgement.ts';
import { Place } from '../../base/finding.ts';
import type { Text } from '../../base/text.ts';
import { describePlace } from '../../base/describe-place.ts';
import type { ReportInput, ReportOpinion } from './report-input.ts';
import type { ReportModel } from './report-model.ts';

type Judgement = Pick<ReportModel, 'opinions' | 'provenance' | 'notes' | 'bookmarks'>;

/** What the examiner added to the case, in words. The program adds nothing of its own to it and weighs none of it. */
export function describeJudgement(
  text: Text,
  { opinions = [], provenance = [], notes = [], bookmarks = [] }: ReportInput,
  moment: (utc: string) => { utc: string; shown: string },
): Judgement {
  const written = ({ at, author }: { at: string; author: string }) => ({ at: moment(at), author });
  return {
    opinions: opinions.map((opinion) => ({
      ...written(opinion),
      proposition: opinion.proposition,
      alternative: opinion.alternative,
      outcome: opinion.outcome,
      strength: { key: opinion.strength, text: supportText(text, opinion) },
      words: opinion.words,
    })),
    provenance: [...provenance]
      .sort((a, b) => compare(a.exhibit, b.exhibit) || rankOf(a.question) - rankOf(b.question))
      .map(({ exhibit, question, answer, reason, ...by }) => ({
        ...written(by),
        exhibit,
        question: { key: question, text: questionText(text, question) },
        answer,
        answerText: text(`report:provenance.answers.${answer}`),
        reason,
      })),
    notes: notes.map(({ exhibit, words, ...by }) => ({
      ...written(by),
      ...(exhibit === undefined ? {} : { exhibit }),
      words,
    })),
    bookmarks: [...bookmarks]
      .sort((a, b) => bookmarkStatuses.indexOf(a.status) - bookmarkStatuses.indexOf(b.status))
      .map(({ at, author, exhibit, status, words, ...where }) => {
        const place = Place.parse(where);
        return {
          ...written({ at, author }),
          exhibit,
          place,
          shown: describePlace(text, place),
          status,
          statusText: text(`report:bookmark-status.${status}`),
          words,
        };
      }),
  };
}

/** The strength with its direction: what is inconsistent with the proposition supports the alternative. */
function supportText(text: Text, { outcome, strength }: ReportOpinion): string {
  const words = text(`report:strengths.${strength}`);
  return strength === 'none' ? words : text(`report:support.${outcome}`, { strength: words });
}

function questionText(text: Text, question: string): string {
  const key = `report:provenance.questions.${question}`;
  return text.has(key) ? text(key) : question;
}

function rankOf(question: string): number {
  const rank = (provenanceQuestions as readonly string[]).indexOf(question);
  return rank === -1 ? provenanceQuestions.length : rank;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
