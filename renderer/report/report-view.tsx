import { Tabs } from 'radix-ui';
import { useState } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { listExhibits } from '../../src/contract/window-operations.ts';
import { useAnswer } from '../api/use-answer.ts';
import { redo, undo, useUndo } from '../judge/undo.ts';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/states.tsx';
import { useSession } from '../state/session.ts';
import { useText } from '../text/text-context.tsx';
import { Bookmarks } from './bookmarks.tsx';
import { Coverage } from './coverage.tsx';
import { MarkedFindings } from './marked-findings.tsx';
import { Opinions } from './opinions.tsx';
import { Preview, useRefreshPreview } from './preview.tsx';
import { Provenance } from './provenance.tsx';
import { SealSheet } from './seal-sheet.tsx';
import { SealedReports } from './sealed-reports.tsx';
import './report.css';

const tabs = ['coverage', 'opinion', 'marked', 'bookmarks', 'provenance', 'sealed'] as const;

type Tab = (typeof tabs)[number];

/** Which part of the page a tab is about. */
const sections: Readonly<Record<Tab, string>> = {
  coverage: 'summary',
  opinion: 'opinion',
  marked: 'opinion',
  bookmarks: 'opinion',
  provenance: 'opinion',
  sealed: 'summary',
};

/** From judgement to seal: what the report would say at the right, what the examiner adds at the left. */
export default function ReportView() {
  const text = useText();
  const openedCase = useSession((state) => state.openedCase);
  if (openedCase === null) return <Empty>{text('window/report:noCase')}</Empty>;
  return <OpenedReport key={openedCase.folder} folder={openedCase.folder} />;
}

function OpenedReport({ folder }: { folder: string }) {
  const text = useText();
  const readOnly = useSession((state) => state.readOnly);
  const exhibits = useAnswer(listExhibits, { folder }).data?.exhibits ?? [];
  const refresh = useRefreshPreview();
  const [sealing, setSealing] = useState(false);
  const [tab, setTab] = useState<Tab>('coverage');
  return (
    <div className="report">
      <header className="report-head">
        <h1>{text('window/report:title')}</h1>
        <p className="muted">{text(readOnly ? 'window/report:readOnly' : 'window/report:draft')}</p>
        <div className="report-actions">
          <UndoButtons />
          <Button onClick={refresh}>{text('window/report:refresh')}</Button>
          <Button primary disabled={readOnly} onClick={() => setSealing(true)}>
            {text('window/report:seal.open')}
          </Button>
        </div>
      </header>
      <Group className="report-split" orientation="horizontal">
        <Panel id="judgement" defaultSize="40%" minSize={320}>
          <Tabs.Root className="report-tabs" value={tab} onValueChange={(next) => setTab(next as Tab)}>
            <Tabs.List className="report-tab-list" aria-label={text('window/report:parts')}>
              {tabs.map((one) => (
                <Tabs.Trigger key={one} value={one} className="report-tab">
                  {text(`window/report:tabs.${one}`)}
                </Tabs.Trigger>
              ))}
            </Tabs.List>
            <TabBody value="coverage">
              <Coverage folder={folder} />
            </TabBody>
            <TabBody value="opinion">
              <Opinions folder={folder} readOnly={readOnly} />
            </TabBody>
            <TabBody value="marked">
              <MarkedFindings folder={folder} readOnly={readOnly} />
            </TabBody>
            <TabBody value="bookmarks">
              <Bookmarks folder={folder} readOnly={readOnly} />
            </TabBody>
            <TabBody value="provenance">
              <Provenance folder={folder} exhibits={exhibits} readOnly={readOnly} />
            </TabBody>
            <TabBody value="sealed">
              <SealedReports folder={folder} readOnly={readOnly} />
            </TabBody>
          </Tabs.Root>
        </Panel>
        <Separator className="report-separator" aria-label={text('window/report:split')} />
        <Panel id="preview" minSize={320}>
          <Preview folder={folder} section={sections[tab]} />
        </Panel>
      </Group>
      {sealing && <SealSheet folder={folder} onClose={() => setSealing(false)} />}
    </div>
  );
}

function TabBody({ value, children }: { value: Tab; children: React.ReactNode }) {
  return (
    <Tabs.Content forceMount value={value} className="report-tab-body">
      {children}
    </Tabs.Content>
  );
}

function UndoButtons() {
  const text = useText();
  const { done, undone } = useUndo();
  return (
    <>
      <Button quiet disabled={done.length === 0} onClick={() => void undo()}>
        {text('window/report:undo')}
      </Button>
      <Button quiet disabled={undone.length === 0} onClick={() => void redo()}>
        {text('window/report:redo')}
      </Button>
    </>
  );
}
