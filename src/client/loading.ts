import type { Actor, SnapshotFrom } from 'xstate';
import type { LoadResult } from '../../machines/types.ts';
import type { Machines } from './machines.ts';
import type { LoadView } from './types.ts';

export type LoadActor = Actor<Machines['load']>;

/** What `load` shows while it works or asks; once it has ended, its outcome shows instead. */
export function loadViewOf(actor: LoadActor, readRaw: () => Promise<Uint8Array<ArrayBuffer>>): LoadView {
  const snapshot = actor.getSnapshot();
  const { finding } = snapshot.context;
  if (!snapshot.hasTag('needs-user') || !finding) return { kind: 'loading' };
  return {
    kind: finding.code === 'newer' ? 'tooNew' : 'unavailable',
    finding,
    nothingChanged: snapshot.hasTag('nothing-changed'),
    can: {
      DOWNLOAD: snapshot.can({ type: 'DOWNLOAD' }),
      RETRY: snapshot.can({ type: 'RETRY' }),
      DEFER: snapshot.can({ type: 'DEFER' }),
    },
    async download(handOver) {
      await handOver(await readRaw());
      actor.send({ type: 'DOWNLOAD' });
    },
    retry: () => actor.send({ type: 'RETRY' }),
    defer: () => actor.send({ type: 'DEFER' }),
  };
}

/** Calls back with the outcome, once. */
export function onLoaded(actor: LoadActor, then: (result: LoadResult) => void): void {
  actor.subscribe({
    complete() {
      const { output }: SnapshotFrom<Machines['load']> = actor.getSnapshot();
      if (output) then(output);
    },
  });
}
