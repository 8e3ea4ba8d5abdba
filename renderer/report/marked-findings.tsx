import { useQueries } from '@tanstack/react-query';
import { describeFinding } from '../../src/base/describe-finding.ts';
import { listExaminations } from '../../src/contract/window-operations.ts';
import { call } from '../api/call.ts';
import { judge } from '../judge/undo.ts';
import { notesOf, useNotes, useThreads } from '../judge/use-judgement.ts';
import { OutcomeMark } from '../parts/outcome-mark.tsx';
import { Busy, Empty, Failed } from '../parts/states.tsx';
import { useText } from '../text/text-context.tsx';
import { EditableWords } from './editable-words.tsx';

/** Findings that the examiner marked, with their own words. */
export function MarkedFindings({ folder, readOnly }: { folder: string; readOnly: boolean }) {
  const text = useText();
  const { notes, isError, error, isPending, refetch } = useNotes(folder);
  const threadOf = useThreads();
  const marked = notesOf(notes, 'marked-finding');
  const exhibits = [...new Set(marked.map(({ body }) => body.exhibit))];
  const findings = useQueries({
    queries: exhibits.map((exhibit) => ({
      queryKey: [listExaminations.name, { folder, exhibit }],
      queryFn: ({ signal }: { signal: AbortSignal }) => call(listExaminations, { folder, exhibit }, signal),
    })),
  });
  if (isError) return <Failed error={error} again={() => void refetch()} />;
  if (isPending) return <Busy stage="open" />;
  if (marked.length === 0) return <Empty>{text('window/report:marked.none')}</Empty>;
  return (
    <div className="judged">
      {marked.map((note) => {
        const { exhibit, key, index, words } = note.body;
        const answer = findings[exhibits.indexOf(exhibit)];
        const examination = answer?.data?.examinations.find((one) => one.key === key);
        const finding = examination?.findings[index];
        return (
          <article key={threadOf(note)} className="judged-item">
            <p>
              <span className="mono">{exhibit}</span>{' '}
              {finding !== undefined && (
                <>
                  <OutcomeMark outcome={finding.outcome} /> · {text(`methods/${finding.method}:title`)}
                </>
              )}
            </p>
            <p>
              {finding !== undefined
                ? describeFinding(text, finding.method, finding).observation
                : answer?.data !== undefined && text('window/report:marked.gone')}
            </p>
            <EditableWords
              words={words}
              readOnly={readOnly}
              label={text('window/report:marked.words')}
              keep={(changed) => judge(folder, (body) => ({ ...body, words: changed }), note)}
              withdraw={() => judge(folder, null, note)}
            />
          </article>
        );
      })}
    </div>
  );
}
