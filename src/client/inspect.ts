import type { AnyActorRef, AnyMachineSnapshot, InspectionEvent } from 'xstate';
import type { Environment } from '../environment.ts';

/** One step of one machine, without payloads (I22). */
export interface InspectedEvent {
  readonly machine: string;
  readonly actorId: string;
  /** Type of the event only. */
  readonly event: string;
  readonly from: unknown;
  readonly to: unknown;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export type Inspector = ReturnType<typeof createInspector>['inspect'];

/** The one seam through which the flows page and tools see the machines work. Costs nothing while nobody listens. */
export function createInspector({ now }: Pick<Environment, 'now'>) {
  const listeners = new Set<(event: InspectedEvent) => void>();
  const last = new WeakMap<object, unknown>();

  return {
    inspect(inspected: InspectionEvent): void {
      if (listeners.size === 0 || inspected.type !== '@xstate.snapshot') return;
      const snapshot = inspected.snapshot as AnyMachineSnapshot;
      if (!snapshot.machine) return;
      const { id: actorId } = inspected.actorRef as AnyActorRef;
      const event = {
        machine: snapshot.machine.id,
        actorId,
        event: inspected.event.type,
        from: last.get(inspected.actorRef),
        to: snapshot.value,
        at: now(),
      };
      last.set(inspected.actorRef, snapshot.value);
      for (const listener of listeners) listener(event);
    },
    listen(listener: (event: InspectedEvent) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
