import type { AnyActorRef, AnyMachineSnapshot } from 'xstate';

/** An actor that runs a machine. */
export type MachineActor = AnyActorRef & { getSnapshot(): AnyMachineSnapshot };

/** Calls back whenever an actor, or a machine at work under it, has moved. @returns how to stop */
export function followTree(actor: MachineActor, tell: (moved: MachineActor) => void): () => void {
  const stops: (() => void)[] = [];
  const known = new WeakSet<AnyActorRef>();

  const follow = (followed: MachineActor): void => {
    known.add(followed);
    const look = (): void => {
      for (const child of childrenOf(followed)) if (!known.has(child)) follow(child);
      tell(followed);
    };
    const subscription = followed.subscribe({ next: look, error() {} });
    stops.push(() => subscription.unsubscribe());
    for (const child of childrenOf(followed)) follow(child);
  };
  follow(actor);
  return () => {
    for (const stop of stops) stop();
  };
}

/** The actor and what works for it: each delegates to the next. */
export function chainOf(actor: MachineActor): MachineActor[] {
  const [child] = childrenOf(actor);
  return child ? [actor, ...chainOf(child)] : [actor];
}

/** Machines that an actor has invoked; what runs beside them are plain services. */
function childrenOf(actor: MachineActor): MachineActor[] {
  const { status, children } = actor.getSnapshot();
  if (status !== 'active') return [];
  return (Object.values(children) as (AnyActorRef | undefined)[]).filter(isMachine);
}

function isMachine(child: AnyActorRef | undefined): child is MachineActor {
  return (child?.getSnapshot() as Partial<AnyMachineSnapshot> | undefined)?.machine !== undefined;
}
