import type { AnyEventObject, AnyMachineSnapshot, AnyStateMachine, SimulatedClock } from 'xstate';

/** What a walk needs of a world: a clock that moves when told, and the stored bytes. */
export interface World {
  readonly clock: SimulatedClock;
  /** Every stored byte, as text. Shares no code with the product. */
  dump(): Promise<string>;
  /** From now on nothing that is asked of the storage ever answers. */
  silence(): void;
  /** Something is under way and will not answer: a hung write, a lost message. */
  isHanging(): boolean;
  close(): Promise<void>;
}

/** A real service, or a real child machine run to its end. */
export type Service = (input: never, signal: AbortSignal) => Promise<unknown>;

/** How one event can turn out, and how to make the real world turn out that way. */
export interface Outcome<TWorld extends World> {
  label: string;
  event: AnyEventObject | ((snapshot: AnyMachineSnapshot) => AnyEventObject);
  /** What is possible at all. The machine does not know that sound bytes cannot verify as damaged. */
  when?: (snapshot: AnyMachineSnapshot) => boolean;
  /** Absolute: sets up the whole precondition and forgets earlier faults, for paths revisit states. */
  arrange?: (world: TWorld, snapshot: AnyMachineSnapshot) => void | Promise<void>;
  /** For events that reach the machine through the world, not by `send`. */
  perform?: (world: TWorld) => void | Promise<void>;
  /** For an `after`: the service that is under way, and hangs, while the time passes. */
  under?: string;
  /** What of the payload is compared with the real one, where not all of it can be known beforehand. */
  trait?: (payload: never) => unknown;
  /** Simulated time passes until the service has answered: it waits for a deadline or a retry of its own. */
  elapses?: boolean;
}

/** Where paths begin. */
export interface Start<TWorld extends World> {
  label: string;
  input: unknown;
  arrange?: (world: TWorld) => void | Promise<void>;
}

/** What a person can do in a state, and what they are told (machines.md 4.6). */
export interface PromiseRow {
  in: string;
  when?: (snapshot: AnyMachineSnapshot) => boolean;
  can: readonly (string | AnyEventObject)[];
  cannot?: readonly (string | AnyEventObject)[];
  /** Does `context.finding` say what must be told? */
  tells?: (finding: { code: string } & Record<string, unknown>) => boolean;
}

export interface Model<TWorld extends World> {
  /** With its placeholders: services are bound for each walk. */
  machine: AnyStateMachine;
  starts: readonly Start<TWorld>[];
  outcomes: readonly Outcome<TWorld>[];
  /** Node identity, besides the state value: exactly what guards and outcome conditions read. */
  project(snapshot: AnyMachineSnapshot): unknown;
  world(): Promise<TWorld>;
  services(world: TWorld): Readonly<Record<string, Service>>;
  /** Invoked actors that are machines. */
  children?: readonly string[];
  /** Services and children that may change stored bytes; nothing else does. */
  writers: readonly string[];
  promises: readonly PromiseRow[];
  /** What must hold where a path ends, on the machine and on the stored bytes. */
  atEnd?(world: TWorld, snapshot: AnyMachineSnapshot): void | Promise<void>;
}

export function done(id: string, output: unknown): AnyEventObject {
  return { type: `xstate.done.actor.${id}`, output };
}

export function failed(id: string, error: Error): AnyEventObject {
  return { type: `xstate.error.actor.${id}`, error };
}

/** The service behind a done or error event; undefined for every other event. */
export function serviceOf(type: string): string | undefined {
  return /^xstate\.(?:done|error)\.actor\.(.+)$/.exec(type)?.[1];
}

/** The delay behind an `after` event, and the id of its state; undefined for every other event. */
export function delayOf(type: string): { delay: string; stateId: string } | undefined {
  const [, delay, stateId] = /^xstate\.after\.([^.]+)\.(.+)$/.exec(type) ?? [];
  return delay && stateId ? { delay, stateId } : undefined;
}
