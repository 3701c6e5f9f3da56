import { fromPromise } from 'xstate';
import { commitMachine } from '../../machines/commit.machine.ts';
import { loadMachine } from '../../machines/load.machine.ts';
import { saveMachine } from '../../machines/save.machine.ts';
import type { Environment } from '../environment.ts';
import type { BoundServices } from '../services/bound.ts';

/** Binds the services to the machines: once a client, because `.provide()` rebuilds the whole tree. */
export function provideMachines(services: BoundServices, { random }: Pick<Environment, 'random'>) {
  const commit = commitMachine.provide({
    actors: {
      writeCommit: actor(services.commit.writeCommit),
      abortWrite: actor(services.commit.abortWrite),
      findCommit: actor(services.commit.findCommit),
      reopenStorage: actor(services.commit.reopenStorage),
      shedOldCopies: actor(services.commit.shedOldCopies),
    },
    // Tabs that lost the same storage process must not come back in step.
    delays: { writeBackoff: ({ context }) => 150 * 2 ** context.tries * (0.5 + random()) },
  });
  const save = saveMachine.provide({
    actors: { commit, readRecord: actor(services.save.readRecord) },
  });
  const load = loadMachine.provide({
    actors: {
      readStores: actor(services.load.readStores),
      verifyRecords: actor(services.load.verifyRecords),
    },
    delays: { readBackoff: ({ context }) => 250 * 2 ** context.tries * (0.5 + random()) },
  });
  return { commit, save, load };
}

export type Machines = ReturnType<typeof provideMachines>;

function actor<Input, Output>(service: (input: Input, signal: AbortSignal) => Promise<Output>) {
  return fromPromise<Output, Input>(({ input, signal }) => service(input, signal));
}
