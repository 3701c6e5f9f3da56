/** Where a fault can strike: everything that a page asks of storage, and everything that storage answers (durability 1). */
export type StepKind =
  | 'databases'
  | 'open'
  | 'upgradeneeded'
  | 'blocked'
  | 'opened'
  | 'openFailed'
  | 'transaction'
  | 'issue'
  | 'success'
  | 'error'
  /** All requests have succeeded, and the transaction is about to commit. */
  | 'commit'
  | 'complete'
  | 'abort'
  | 'versionchange'
  | 'close'
  /** A call of localStorage. */
  | 'storage'
  /** A message of a BroadcastChannel is about to arrive. */
  | 'message'
  /** A Web Lock is about to be granted. */
  | 'lock';

export interface Step {
  /** Counts from 1 over all processes of a world. */
  n: number;
  process: string;
  kind: StepKind;
  /** The object store, database, localStorage key or channel. */
  on: string;
  /** The call, such as `put`; empty for an event of a transaction or database. */
  method: string;
  key?: unknown;
  /** Bytes about to be written, where the step is a write. */
  sizeBytes?: number;
  /** Counts the connections of a world from 1, so that a rule can kill one of them for good. */
  connection?: number;
}

export type Fault =
  /** The JS context ends here. What had not committed is gone. */
  | { kind: 'crash' }
  | { kind: 'error'; name: string; message?: string }
  /** Never answers, and keeps others waiting as a stuck transaction does. */
  | { kind: 'hang' }
  /** The disk writes something else than it was given, and says nothing. */
  | { kind: 'spoil' }
  /** A cursor says that there is nothing more, though there is (WebKit on a damaged file). */
  | { kind: 'end' };

/** Decides what happens at a step. Asked exactly once for each. */
export type Rule = (step: Step) => Fault | undefined;

/** An event that carries no answer either arrives or does not: an error has nowhere to go. */
export function isDelivered(fault: Fault | undefined): boolean {
  return fault?.kind !== 'crash' && fault?.kind !== 'hang';
}

/** One line a step, without stored contents: what a trace is made of. */
export function describeStep(step: Step): string {
  const key = step.key === undefined ? '' : ` ${JSON.stringify(step.key)}`;
  return `${step.n} ${step.process} ${step.kind} ${step.on}${step.method ? `.${step.method}` : ''}${key}`;
}
