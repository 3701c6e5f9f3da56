import { Archive, Download, HardDrive, MonitorCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { usePersistence, usePersistenceStatus } from '../../react/index.ts';
import { datedName, download } from '../files/download.ts';
import { SettingsButton } from '../settings/SettingsButton.tsx';
import { Button } from '../ui/Button.tsx';
import { say } from '../words/say.ts';
import { absoluteTime, timeOfDay } from '../words/times.ts';
import { Activity } from './Activity.tsx';
import { DownloadChangesButton } from './DownloadChangesButton.tsx';
import { SpaceUsed } from './SpaceUsed.tsx';

/** How far the work has got: unsaved, saved, kept in history, off the device; and what was done lately. */
export default function StatusPopover() {
  const persistence = usePersistence();
  const status = usePersistenceStatus();
  const savedAt = status.lastSavedAt;
  const isSafe = status.unsavedCount === 0;
  return (
    <>
      <dl className="flex flex-col gap-3 px-4 py-3">
        <Row icon={isSafe ? <MonitorCheck /> : <TriangleAlert />} name={say('status.thisBrowser')}>
          {isSafe ? say('status.allSaved') : say('status.unsaved', { count: status.unsavedCount })}
          {savedAt !== null && (
            <span title={absoluteTime(savedAt)}>
              {' · '}
              {say('status.lastSaved', { time: timeOfDay(savedAt) })}
            </span>
          )}
        </Row>
        <Row icon={<Archive />} name={say('status.history')}>
          {say('status.historyKept')}
        </Row>
        <Row icon={<Download />} name={say('status.offDevice')}>
          {say('status.notOffDevice')}
        </Row>
        <Row icon={<HardDrive />} name={say('status.space')}>
          <SpaceUsed />
        </Row>
      </dl>
      <Activity />
      <div className="flex flex-wrap gap-2 border-t border-border px-4 py-3">
        {!isSafe && <DownloadChangesButton />}
        <Button
          size="small"
          onClick={() =>
            download(
              datedName('hl7-helper-copy', 'json', new Date()),
              persistence.downloadMemory(),
              'application/json',
            )
          }
        >
          <Download aria-hidden="true" />
          {say('status.downloadCopy')}
        </Button>
        <SettingsButton />
      </div>
    </>
  );
}

function Row({ icon, name, children }: { icon: ReactNode; name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[1rem_6.5rem_1fr] gap-x-2.5 text-xs leading-5">
      <span aria-hidden="true" className="mt-0.5 text-muted-foreground [&_svg]:size-4">
        {icon}
      </span>
      <dt className="font-medium">{name}</dt>
      <dd className="min-w-0 text-muted-foreground">{children}</dd>
    </div>
  );
}
