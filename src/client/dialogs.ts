import {
  type ActorRefFrom,
  type AnyActor,
  type AnyStateMachine,
  createActor,
  type InputFrom,
  type OutputFrom,
} from 'xstate';
import type { Environment } from '../environment.ts';
import type { Emitter } from './emitter.ts';
import type { Filing } from './filing.ts';
import type { Inspector } from './inspect.ts';
import type { Machines } from './machines.ts';

/** What a person has opened. One at a time: a second question takes the place of the first, inside of it. */
export type OpenDialog =
  | { readonly machine: 'recovery'; readonly actor: ActorRefFrom<Machines['recovery']> }
  | { readonly machine: 'import'; readonly actor: ActorRefFrom<Filing['importing']> }
  | { readonly machine: 'export'; readonly actor: ActorRefFrom<Filing['exporting']> };

interface Options {
  clock: Environment['clock'];
  inspect: Inspector;
  changed: Emitter;
}

/** The one slot for dialogs that a person opens. Their actors live as long as they are open. */
export function createDialogs({ clock, inspect, changed }: Options) {
  let open: OpenDialog | null = null;
  let running: AnyActor | null = null;

  return {
    view: (): OpenDialog | null => open,
    /** @returns how it ended; null when something else is open already, or it broke */
    open<Logic extends AnyStateMachine>(
      machine: OpenDialog['machine'],
      logic: Logic,
      input: InputFrom<Logic>,
    ): Promise<OutputFrom<Logic> | null> {
      if (open) return Promise.resolve(null);
      const actor = createActor(logic, { input, clock, inspect, id: machine } as never);
      return new Promise((resolve) => {
        const end = (result: OutputFrom<Logic> | null): void => {
          open = null;
          running = null;
          changed.tell();
          resolve(result);
        };
        actor.subscribe({
          complete: () => end((actor.getSnapshot() as { output?: OutputFrom<Logic> }).output ?? null),
          error: () => end(null),
        });
        running = actor;
        open = { machine, actor } as unknown as OpenDialog;
        actor.start();
        changed.tell();
      });
    },
    actors: (): AnyActor[] => (running ? [running] : []),
    stop(): void {
      running?.stop();
    },
  };
}
