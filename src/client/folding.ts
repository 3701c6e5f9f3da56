import type { Environment } from '../environment.ts';
import { isOpenFinding } from '../services/isOpenFinding.ts';
import type { Vault } from '../vault/contract.ts';
import type { FoldOutcome } from '../vault/fold.ts';
import { isFoldDue } from '../vault/foldDue.ts';
import { foldAside } from './foldAside.ts';
import type { LoadView } from './types.ts';

/** So long nothing was typed, saved or seen of other tabs: then nobody waits for the storage. */
const QUIET_MS = 2_000;
/** A fold that is due waits no longer than this for quiet: who types all day must not have an endless log. */
const PATIENCE_MS = 60_000;
/** After a fold that came to nothing. */
const RETRY_MS = 300_000;
/** While another tab folds. */
const TAKEN_MS = 30_000;
/** A frozen tab may hold the lock for ever (F57); it only saves work, so it is not waited for more often. */
const MAX_TAKEN = 3;
/** Changes from which on a commit is a bulk, and what it brought is worth a second road at once (durability 3.6). */
const BULK_CHANGES = 50;

interface Options {
  environment: Environment;
  name: string;
  /** In memory or localStorage there is nothing that a worker could open. */
  isAsideable(): boolean;
  /** Null while nothing may be folded: before a load, and while a finding is open. */
  vault(): Vault | null;
  /** Over the page's own connection. */
  foldHere(dueSince: number): Promise<FoldOutcome>;
}

/**
 * Keeps the log short: folds in a worker, when the page is quiet, in whichever tab finds it due first.
 *
 * Without workers the page folds by itself: one long task now and then is seldom noticed, but a log without bound would
 * be read at every start, and fill the disk.
 */
export function createFolding({ environment, name, isAsideable, vault, foldHere }: Options) {
  const { clock, locks } = environment;
  let timer: unknown;
  let due: { since: number; at: number } | null = null;
  let running: AbortController | null = null;
  let notBefore = 0;
  let taken = 0;

  const arm = (): void => {
    clock.clearTimeout(timer);
    if (!due || running) return;
    const now = environment.now();
    const quietAt = Math.min(now + QUIET_MS, Math.max(now, due.at + PATIENCE_MS));
    timer = clock.setTimeout(() => void run(), Math.max(quietAt, notBefore) - now);
  };

  const note = (isBulk = false): void => {
    const state = vault()?.state();
    if (!state) return;
    if (isBulk || isFoldDue(state)) due ??= { since: state.head.seq, at: environment.now() };
    arm();
  };

  const run = async (): Promise<void> => {
    const writer = vault();
    if (!writer || !due || running) return;
    const { since } = due;
    const abort = new AbortController();
    running = abort;
    const outcome = await underLock(() => foldOnce(since, abort.signal)).catch(() => null);
    running = null;
    if (abort.signal.aborted) return;
    taken = outcome === 'taken' ? taken + 1 : 0;
    if (outcome !== 'taken' && outcome?.kind === 'folded') {
      writer.weigh(outcome.weight);
      due = null;
    } else notBefore = environment.now() + (outcome === 'taken' ? TAKEN_MS : RETRY_MS);
    note();
  };

  const foldOnce = (dueSince: number, signal: AbortSignal): Promise<FoldOutcome | null> => {
    const { foldWorker } = environment;
    if (!isAsideable() || !foldWorker) return foldHere(dueSince);
    return foldAside(foldWorker, { name, dueSince }, { clock, signal });
  };

  const underLock = async (task: () => Promise<FoldOutcome | null>): Promise<FoldOutcome | null | 'taken'> =>
    locks && taken < MAX_TAKEN
      ? locks.request(`${name}:fold`, { ifAvailable: true }, async (lock) => (lock ? task() : 'taken'))
      : task();

  return {
    /** Something has changed, or somebody types. */
    note: () => note(),
    /** A commit with so many changes has landed. */
    noteCommit(changes: number): void {
      if (changes > BULK_CHANGES) note(true);
    },
    /** Ends what runs: the page is going. It is harmless at any point. */
    stop(): void {
      clock.clearTimeout(timer);
      running?.abort();
    },
  };
}

/** Nothing may be folded before a load, or while a person has not decided about damage. */
export function isFoldable(view: LoadView): boolean {
  return view.kind === 'ready' && !view.damage.some(isOpenFinding);
}
