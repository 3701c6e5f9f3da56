import { fromPromise } from 'xstate';
import { bootMachine } from '../../machines/boot.machine.ts';
import { commitMachine } from '../../machines/commit.machine.ts';
import { loadMachine } from '../../machines/load.machine.ts';
import { migrationMachine } from '../../machines/migration.machine.ts';
import { persistenceMachine } from '../../machines/persistence.machine.ts';
import { recoveryMachine } from '../../machines/recovery.machine.ts';
import { saveMachine } from '../../machines/save.machine.ts';
import type { Environment } from '../environment.ts';
import type { BoundServices } from '../services/bound.ts';
import type { BoundStart } from '../services/boundStart.ts';

/** Binds the services of what writes: documents, and the commit that all others end in. */
export function provideWriting(services: Pick<BoundServices, 'commit' | 'save'>, environment: Random) {
  const jittered = jitter(environment);
  const commit = commitMachine.provide({
    actors: actorsOf(services.commit),
    delays: { writeBackoff: ({ context }) => jittered(150 * 2 ** context.tries) },
  });
  const save = saveMachine.provide({ actors: { commit, ...actorsOf(services.save) } });
  return { commit, save };
}

/** Binds the services to the machines: once a client, because `.provide()` rebuilds the whole tree. */
export function provideMachines(services: BoundServices & BoundStart, environment: Random) {
  const jittered = jitter(environment);
  const { commit, save } = provideWriting(services, environment);
  const migration = migrationMachine.provide({ actors: { commit, ...actorsOf(services.migration) } });
  const recovery = recoveryMachine.provide({ actors: { commit, ...actorsOf(services.recovery) } });
  const boot = bootMachine.provide({
    actors: actorsOf(services.boot),
    delays: { openBackoff: ({ context }) => jittered(500 * 2 ** context.tries) },
  });
  const load = loadMachine.provide({
    actors: { migration, recovery, ...actorsOf(services.load) },
    delays: { readBackoff: ({ context }) => jittered(250 * 2 ** context.tries) },
  });
  const persistence = persistenceMachine.provide({
    actors: { boot, load, commit, ...actorsOf(services.persistence) },
  });
  return { commit, save, migration, recovery, boot, load, persistence };
}

type Random = Pick<Environment, 'random'>;

/** Tabs that lost the same storage process must not come back in step. */
function jitter({ random }: Random) {
  return (ms: number) => ms * (0.5 + random());
}

export type Machines = ReturnType<typeof provideMachines>;

// biome-ignore lint/suspicious/noExplicitAny: each service has its own input; its actor has the same
type Services = Readonly<Record<string, (input: any, signal: AbortSignal) => Promise<unknown>>>;

type ActorsOf<Some extends Services> = {
  [Name in keyof Some]: ReturnType<
    typeof fromPromise<Awaited<ReturnType<Some[Name]>>, Parameters<Some[Name]>[0]>
  >;
};

/** An actor of each service, under its name. */
export function actorsOf<Some extends Services>(services: Some): ActorsOf<Some> {
  return Object.fromEntries(
    Object.entries(services).map(([name, service]) => [
      name,
      fromPromise(({ input, signal }: { input: unknown; signal: AbortSignal }) => service(input, signal)),
    ]),
  ) as unknown as ActorsOf<Some>;
}
