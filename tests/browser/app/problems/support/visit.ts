import type { AnyActorRef, AnyMachineSnapshot, SimulatedClock } from 'xstate';
import type { Stage, spyCommands } from './stage.tsx';

/** The real machine with its real services over real storage, and the view that shows it. */
export interface Visit<SomeActor extends AnyActorRef = AnyActorRef> {
  readonly actor: SomeActor;
  readonly stage: Stage;
  readonly commands: ReturnType<typeof spyCommands>;
  /** Every stored byte. */
  dump(): Promise<string>;
  /** Nothing is faulty any more. */
  heal(): void;
  /** Until it asks, is over, or hangs as it was told to. */
  settled(): Promise<AnyMachineSnapshot>;
  close(): Promise<void>;
}

/** A state of a view, and what is expected of it. */
export interface Scene {
  readonly name: string;
  /** @param isShownFirst the view is there before the machine asks */
  open(options?: { isShownFirst?: boolean }): Promise<Visit>;
  readonly role: 'alertdialog' | 'dialog' | 'none';
  /** The words of each event that can be sent. */
  readonly labels: Readonly<Record<string, RegExp>>;
  /** The events of this machine, with what is needed to ask for them. */
  events(snapshot: AnyMachineSnapshot): readonly { readonly type: string }[];
  /** Events that the view sends by itself, after a command. */
  readonly silent?: readonly string[];
  readonly commands: readonly RegExp[];
  /** The last visible copy would go. */
  readonly isRed?: boolean;
  /** What else must be read here. */
  readonly says?: readonly RegExp[];
}

/** Lets simulated time pass until the machine asks or is over, or for as long as a hanging one is waited for. */
export async function settle(
  actor: AnyActorRef,
  clock: SimulatedClock,
  turns = 600,
): Promise<AnyMachineSnapshot> {
  for (let turn = 0; turn < turns; turn += 1) {
    const snapshot = actor.getSnapshot();
    if (snapshot.status !== 'active' || snapshot.hasTag('needs-user')) break;
    await new Promise((resolve) => setTimeout(resolve, 1));
    clock.increment(50);
  }
  return actor.getSnapshot();
}
