import { type Actor, type ActorRefFrom, createActor } from 'xstate';
import type { RecoveryInput, RecoveryResult } from '../../machines/recovery.types.ts';
import type { Environment } from '../environment.ts';
import type { Emitter } from './emitter.ts';
import type { Inspector } from './inspect.ts';
import type { Machines } from './machines.ts';

/** What a person has opened. One at a time: a second question takes the place of the first, inside of it. */
export interface OpenDialog {
  readonly machine: 'recovery';
  readonly actor: ActorRefFrom<Machines['recovery']>;
}

interface Options {
  machines: Pick<Machines, 'recovery'>;
  clock: Environment['clock'];
  inspect: Inspector;
  changed: Emitter;
}

/** The one slot for dialogs that a person opens. Their actors live as long as they are open. */
export function createDialogs({ machines, clock, inspect, changed }: Options) {
  let open: OpenDialog | null = null;
  const running = new Set<Actor<Machines['recovery']>>();

  return {
    view: (): OpenDialog | null => open,
    /**
     * Opens `recovery`: for records that were set aside, or to go back to a backup.
     *
     * @returns how it ended; null when something else is open already
     */
    recover(input: RecoveryInput): Promise<RecoveryResult | null> {
      if (open) return Promise.resolve(null);
      const actor = createActor(machines.recovery, { input, clock, inspect, id: 'recovery' });
      running.add(actor);
      return new Promise((resolve) => {
        const end = (result: RecoveryResult | null): void => {
          running.delete(actor);
          open = null;
          changed.tell();
          resolve(result);
        };
        actor.subscribe({ complete: () => end(actor.getSnapshot().output ?? null), error: () => end(null) });
        open = { machine: 'recovery', actor };
        actor.start();
        changed.tell();
      });
    },
    actors: () => [...running],
    stop(): void {
      for (const actor of running) actor.stop();
    },
  };
}
