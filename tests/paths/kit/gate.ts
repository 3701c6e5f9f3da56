import { type AnyActorLogic, fromPromise } from 'xstate';
import type { Service } from './model.ts';

/**
 * Holds each service until its step. Without it a service would start on entry to its state, before the world is
 * arranged for the outcome that the path wants.
 */
export function createGate(services: Readonly<Record<string, Service>>) {
  const waiting = new Map<string, () => void>();
  const actors: Record<string, AnyActorLogic> = {};
  for (const [name, service] of Object.entries(services)) {
    actors[name] = fromPromise(async ({ input, signal }) => {
      await new Promise<void>((resolve) => waiting.set(name, resolve));
      return service(input as never, signal);
    });
  }
  return {
    actors,
    /** @throws Error when the service is not waiting: the path is at a state that does not invoke it */
    open(name: string): void {
      const resolve = waiting.get(name);
      if (!resolve) throw new Error(`\`${name}\` was not started`);
      waiting.delete(name);
      resolve();
    },
    openAll(): void {
      for (const name of [...waiting.keys()]) this.open(name);
    },
  };
}

export type Gate = ReturnType<typeof createGate>;
