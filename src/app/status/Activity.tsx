import { Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { usePersistence, usePersistenceStatus } from '../../react/index.ts';
import type { CommitSummary } from '../../vault/contract.ts';
import { Button } from '../ui/Button.tsx';
import { say } from '../words/say.ts';
import { sayActivity } from '../words/sayActivity.ts';
import { absoluteTime, shortTime } from '../words/times.ts';
import { activityWords } from './activityWords.ts';
import { undoCommit } from './undoCommit.ts';

const SHOWN = 5;
/** Saves of the text in the editor are many, and are not shown. */
const LOOKED_AT = 100;

/** What was saved lately, each with its way back. Unlike a toast it waits (WCAG 2.2.1). */
export function Activity() {
  const persistence = usePersistence();
  const { lastSavedAt } = usePersistenceStatus();
  const [commits, setCommits] = useState<readonly CommitSummary[] | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each save makes a new row
  useEffect(() => {
    let isCurrent = true;
    persistence.commits(LOOKED_AT).then(
      (found) => isCurrent && setCommits(found),
      () => isCurrent && setCommits(null),
    );
    return () => {
      isCurrent = false;
    };
  }, [persistence, lastSavedAt]);
  const rows = (commits ?? [])
    .flatMap((commit) => {
      const words = activityWords(commit);
      return words === null ? [] : [{ ...commit, words }];
    })
    .slice(0, SHOWN);
  if (rows.length === 0) return null;
  const now = Date.now();
  return (
    <section className="border-t border-border px-4 py-3" aria-labelledby="activity-title">
      <h3 id="activity-title" className="mb-1.5 text-xs font-medium">
        {sayActivity('activity.title')}
      </h3>
      <ul className="flex flex-col gap-0.5">
        {rows.map((commit) => {
          const at = Date.parse(commit.at);
          return (
            <li key={commit.id} className="flex min-h-7 items-center gap-2 text-xs">
              <span className="min-w-0 flex-1 truncate">{commit.words}</span>
              <time dateTime={commit.at} title={absoluteTime(at)} className="text-muted-foreground">
                {shortTime(at, now)}
              </time>
              <Button
                look="quiet"
                size="small"
                aria-label={sayActivity('activity.undo', { what: commit.words })}
                onClick={() => undoCommit(persistence, commit.id)}
                className="-mr-2"
              >
                <Undo2 aria-hidden="true" />
                {say('toast.undo')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
