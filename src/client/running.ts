import { createActor, toPromise } from 'xstate';
import type { CommitResult } from '../../machines/types.ts';
import type { Environment } from '../environment.ts';
import type { CommitPlan } from '../vault/types.ts';
import type { Inspector } from './inspect.ts';
import type { Machines } from './machines.ts';

interface Options {
  machines: Pick<Machines, 'commit'>;
  clock: Environment['clock'];
  inspect: Inspector;
}

/** Commits that nobody invoked but the client itself. */
export function createRunning({ machines, clock, inspect }: Options) {
  const commitActor = (plan: CommitPlan) =>
    createActor(machines.commit, { input: { plan }, clock, inspect, id: `commit ${plan.id}` });
  const commits = new Set<ReturnType<typeof commitActor>>();

  return {
    /** Runs a `commit` machine to its end. */
    async commit(plan: CommitPlan): Promise<CommitResult> {
      const actor = commitActor(plan);
      commits.add(actor);
      try {
        const result = toPromise(actor);
        actor.start();
        return await result;
      } finally {
        commits.delete(actor);
      }
    },
    actors: () => [...commits],
    stop(): void {
      for (const actor of commits) actor.stop();
    },
  };
}
