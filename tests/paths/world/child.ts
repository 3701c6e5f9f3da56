import { createActor, fromPromise, toPromise } from 'xstate';
import { commitMachine } from '../../../machines/commit.machine.ts';
import type { CommitResult } from '../../../machines/types.ts';
import { boundServices } from '../../../src/services/bound.ts';
import type { RecoveryHands } from '../../../src/services/recovery.ts';
import type { CommitPlan } from '../../../src/vault/types.ts';
import { StorageWorld } from './world.ts';

/** What a child machine that broke leaves: an error that nobody foresaw. */
export const broken = new Error('The child machine broke');

/** The world with the one thing besides storage that may break under a parent: its child machine. */
export class ParentWorld extends StorageWorld {
  isChildBroken = false;
  readonly recoveryHands: RecoveryHands = { ...this.hands, openVault: (state) => this.load(state) };

  override heal(): void {
    this.isChildBroken = false;
    super.heal();
  }
}

/** `commit` as a parent invokes it: the real machine with its real services, run to its end. No scripted answer. */
export function commitIn(world: ParentWorld) {
  const services = boundServices(world.hands).commit;
  const machine = commitMachine.provide({
    actors: {
      writeCommit: fromPromise(({ input, signal }) => services.writeCommit(input, signal)),
      abortWrite: fromPromise(({ input, signal }) => services.abortWrite(input, signal)),
      findCommit: fromPromise(({ input, signal }) => services.findCommit(input, signal)),
      reopenStorage: fromPromise(({ input, signal }) => services.reopenStorage(input, signal)),
      shedOldCopies: fromPromise(({ input, signal }) => services.shedOldCopies(input, signal)),
    },
  });
  return async ({ plan }: { plan: CommitPlan }): Promise<CommitResult> => {
    if (world.isChildBroken) throw broken;
    const actor = createActor(machine, { input: { plan }, clock: world.clock });
    const end = toPromise(actor);
    actor.start();
    return end;
  };
}
