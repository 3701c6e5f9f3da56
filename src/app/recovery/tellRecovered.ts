import type { Persistence } from '../../client.ts';
import { countWords, sumOf } from '../problem/countWords.ts';
import { undoCommit } from '../status/undoCommit.ts';
import { notifyUndoable } from '../ui/toasts.ts';
import { sayProblem } from '../words/sayProblem.ts';

interface Recovered {
  /** Of the commit, for Undo. */
  readonly id: string;
  /** Records per store afterwards. */
  readonly count: Readonly<Record<string, number>>;
}

/** Says what a recovery put in place, with the way back; it also waits in Activity. */
export function tellRecovered(persistence: Persistence, { id, count }: Recovered): void {
  const text =
    sumOf(count) === 0
      ? sayProblem('recovery.doneEmpty')
      : sayProblem('recovery.done', { what: countWords(count) });
  notifyUndoable(text, () => void undoCommit(persistence, id), id);
}
