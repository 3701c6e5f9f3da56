import { useEffect, useState } from 'react';
import type { LoadView } from '../../client/types.ts';
import type { Persistence } from '../../client.ts';
import { undoCommit } from '../status/undoCommit.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { notifyUndoable } from '../ui/toasts.ts';
import { sayProblem } from '../words/sayProblem.ts';
import { recordsIn } from './migrationWords.ts';
import { SourceTable } from './SourceTable.tsx';
import { sumOfSources } from './sumOfSources.ts';

type Migrated = NonNullable<Extract<LoadView, { kind: 'ready' }>['migrated']>;

interface MigratedNoticeProps {
  persistence: Persistence;
  migrated: Migrated;
}

/** What an update brought over in this visit. What earlier versions left waits as a strip: there is a report to read. */
export function MigratedNotice({ persistence, migrated }: MigratedNoticeProps) {
  const [isFolded, setFolded] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const { sources, steps, id } = migrated;
  const told = sources.filter(({ answer }) => answer !== 'known' && answer !== 'empty');
  const updated = recordsIn(steps);
  useEffect(() => {
    if (told.length > 0 || updated === 0 || !id) return;
    notifyUndoable(
      sayProblem('migration.updated', { count: updated }),
      () => void undoCommit(persistence, id),
      id,
    );
  }, [persistence, told.length, updated, id]);
  const { imported, kept, pending } = sumOfSources(told);
  const hasRows = imported + kept > 0;
  // Where the browser refuses its database, what lies there cannot be read either: that is said already.
  const isExplained = !hasRows && persistence.durability.getSnapshot() !== 'strict';
  if (told.length === 0 || isExplained) return null;
  return (
    <>
      {!isFolded && (
        <Banner
          tone={kept + pending > 0 ? 'warning' : 'info'}
          title={
            hasRows
              ? sayProblem('legacy.brought', { count: imported })
              : sayProblem('legacy.pending', { count: pending })
          }
          actions={
            <>
              <Button size="small" onClick={() => setOpen(true)}>
                {sayProblem('legacy.report')}
              </Button>
              <Button size="small" look="quiet" onClick={() => setFolded(true)}>
                {sayProblem('legacy.close')}
              </Button>
            </>
          }
        >
          {kept > 0 && `${sayProblem('legacy.kept', { count: kept })} `}
          {hasRows && pending > 0 && `${sayProblem('legacy.pending', { count: pending })} `}
          {sayProblem('legacy.untouched')}
        </Banner>
      )}
      <Dialog
        title={sayProblem('legacy.reportTitle')}
        description={sayProblem('legacy.reportLead')}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
      >
        <SourceTable sources={told} />
      </Dialog>
    </>
  );
}
