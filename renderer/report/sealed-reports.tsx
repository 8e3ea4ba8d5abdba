import { listFiles } from '../../src/contract/window-operations.ts';
import { useAnswer } from '../api/use-answer.ts';
import { below } from '../intake/path-parts.ts';
import { Button } from '../parts/button.tsx';
import { Busy, Empty, Failed } from '../parts/states.tsx';
import { useSession } from '../state/session.ts';
import { useText } from '../text/text-context.tsx';
import { verifyPath } from '../verify/use-verify.ts';
import { CopyPath } from './copy-path.tsx';

/** Reports of the case that are sealed, with their place and the way to check them. */
export function SealedReports({ folder }: { folder: string }) {
  const text = useText();
  const show = useSession((state) => state.show);
  const { data, isError, error, refetch } = useAnswer(listFiles, { path: below(folder, 'reports') });
  if (isError) return <Failed error={error} again={() => void refetch()} />;
  if (data === undefined) return <Busy stage="open" />;
  const reports = data.entries.filter(({ kind, name }) => kind === 'folder' && /^R\d+$/.test(name));
  if (reports.length === 0) return <Empty>{text('window/report:sealed.none')}</Empty>;
  return (
    <ul className="judged">
      {reports.map(({ name, path }) => (
        <li key={path} className="judged-item">
          <p className="judged-head">
            <b className="mono">{name}</b>
            <Button
              onClick={() => {
                show('verify');
                void verifyPath(path);
              }}
            >
              {text('window/report:sealed.verify')}
            </Button>
          </p>
          <CopyPath path={path} />
        </li>
      ))}
    </ul>
  );
}
