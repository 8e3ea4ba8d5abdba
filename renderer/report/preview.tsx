import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { previewReport, reportCoverage } from '../../src/contract/window-operations.ts';
import { call } from '../api/call.ts';
import { Busy, Failed } from '../parts/states.tsx';
import { useText } from '../text/text-context.tsx';

/** Draws the preview again, with what has been examined and judged since. */
export function useRefreshPreview(): () => void {
  const queries = useQueryClient();
  return () => {
    for (const { name } of [previewReport, reportCoverage]) void queries.invalidateQueries({ queryKey: [name] });
  };
}

/** The report as it would be now, at the part that is worked on. The last one stays in sight while the next is drawn. */
export function Preview({ folder, section }: { folder: string; section: string }) {
  const text = useText();
  const { data, error, isError, isFetching, refetch } = useQuery({
    queryKey: [previewReport.name, { folder }],
    queryFn: ({ signal }) => call(previewReport, { folder }, signal),
    placeholderData: keepPreviousData,
    // What was examined meanwhile belongs into the draft whenever the view is entered.
    refetchOnMount: 'always',
  });
  if (isError) return <Failed error={error} again={() => void refetch()} />;
  if (data === undefined) return <Busy stage="preview" />;
  return (
    <section className="preview" aria-label={text('window/report:preview.title')}>
      <p className="preview-state" role="status">
        <span aria-hidden="true">◇ </span>
        {text(isFetching ? 'window/report:preview.drawing' : 'window/report:preview.draft')}
      </p>
      {/* SECURITY: an empty sandbox: no script, no form, no way out, an origin of its own. */}
      <iframe
        className="preview-page"
        sandbox=""
        src={`${data.address}${section === 'summary' ? '' : `#${section}`}`}
        title={text('window/report:preview.title')}
      />
    </section>
  );
}
