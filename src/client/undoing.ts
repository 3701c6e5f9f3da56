import { createActor } from 'xstate';
import { undoMachine } from '../../machines/undo.machine.ts';
import type { UndoFailure } from '../../machines/undo.types.ts';
import type { Environment } from '../environment.ts';
import { binder } from '../services/bound.ts';
import type { Hands } from '../services/hands.ts';
import { checkUndo } from '../services/undo.ts';
import type { Inspector } from './inspect.ts';
import { actorsOf, type Machines } from './machines.ts';
import type { UndoResult } from './types.ts';

export interface UndoingOptions {
  hands: Hands;
  clock: Environment['clock'];
  newId: Environment['newId'];
  machines: Pick<Machines, 'commit'>;
  inspect: Inspector;
}

const CHECK_DEADLINE_MS = 20_000;

/** Runs the `undo` machine. Fetched at the first undo. */
export function createUndoing({ hands, clock, newId, machines, inspect }: UndoingOptions) {
  const within = binder(hands, clock);
  const machine = undoMachine.provide({
    actors: {
      commit: machines.commit,
      ...actorsOf({ checkUndo: within(CHECK_DEADLINE_MS, 'checkUndo', checkUndo) }),
    },
  });
  const actor = createActor(machine, { input: { commits: [] }, clock, inspect, id: 'undo' });
  actor.start();
  let last: Promise<unknown> = Promise.resolve();

  const run = (id: string, isAgreed: boolean): Promise<UndoResult> =>
    new Promise((resolve) => {
      const commitId = newId();
      const stops = [
        actor.on('undone', (undone) => end({ kind: 'committed', commitId: undone.by })),
        actor.on('undoFailed', ({ failure }) => end(resultOf(failure))),
        actor.subscribe((snapshot) => {
          const { finding } = snapshot.context;
          if (!snapshot.hasTag('needs-user') || !finding) return;
          actor.send({ type: isAgreed ? 'CONFIRM' : 'CANCEL' });
          if (!isAgreed) end({ kind: 'touched', touched: [...finding.touched] });
        }),
      ];
      const end = (result: UndoResult): void => {
        for (const stop of stops) 'unsubscribe' in stop && stop.unsubscribe();
        resolve(result);
      };
      // Whoever names a commit has seen it, here or in another tab.
      actor.send({ type: 'commit.landed', id });
      actor.send({ type: 'UNDO', id, commitId });
    });

  return {
    /** One after the other. Without a person's agreement, what was edited since is told, and nothing is undone. */
    undo(id: string, isAgreed: boolean): Promise<UndoResult> {
      const result = last.then(() => run(id, isAgreed));
      last = result;
      return result;
    },
    actor,
  };
}

export type Undoing = ReturnType<typeof createUndoing>;

function resultOf(failure: UndoFailure): UndoResult {
  switch (failure.code) {
    case 'absorbed':
    case 'unknown':
      return { kind: failure.code };
    case 'nothingLeft':
      return { kind: 'nothing' };
    case 'refused':
      return { kind: 'notCommitted', why: failure.why };
    case 'uncheckable':
      return { kind: 'notCommitted', why: 'failed' };
    case 'full':
    case 'failed':
    case 'unsure':
      return { kind: 'notCommitted', why: failure.code };
  }
}
