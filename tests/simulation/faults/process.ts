import { describeStep, type Fault, type Rule, type Step, type StepKind } from './step.ts';

/** One change of a transaction, as asked for. */
export interface Written {
  store: string;
  method: string;
  args: unknown[];
}

/** What has landed, in order: from this the world can forget the newest, as a power cut does. */
export interface Landed {
  durability: IDBTransactionDurability;
  writes: readonly Written[];
}

/** All steps of a world, in order, and the rule that decides about each. */
export class Steps {
  rule: Rule | undefined;
  readonly trace: string[] = [];
  readonly journal: Landed[] = [];
  #count = 0;
  #connections = 0;

  get count(): number {
    return this.#count;
  }

  nextConnection(): number {
    this.#connections += 1;
    return this.#connections;
  }

  take(step: Omit<Step, 'n'>): Fault | undefined {
    this.#count += 1;
    const numbered = { ...step, n: this.#count };
    const fault = this.rule?.(numbered);
    this.trace.push(describeStep(numbered) + (fault ? ` ! ${fault.kind}` : ''));
    return fault;
  }
}

export type StepDetail = Partial<Pick<Step, 'method' | 'key' | 'sizeBytes' | 'connection'>>;

/**
 * One tab, as the world sees it. Once killed it is frozen: what it asks for is never done and never answered. Otherwise
 * its retry loop would live on and poison the next run.
 */
export class Process {
  readonly name: string;
  readonly steps: Steps;
  #dead = false;
  readonly #onKill = new Set<() => void>();
  /**
   * Holds back what may happen in any order (transactions starting, commits becoming known) until the world picks it.
   * Without one, everything happens at once.
   */
  gate: ((label: string, task: () => void) => void) | undefined;

  constructor(name: string, steps: Steps) {
    this.name = name;
    this.steps = steps;
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** Takes a step. A crash is carried out here; the caller sees it as `crash` and must do nothing more. */
  step(kind: StepKind, on: string, detail: StepDetail = {}): Fault | undefined {
    if (this.#dead) return { kind: 'crash' };
    const fault = this.steps.take({ process: this.name, kind, on, method: '', ...detail });
    if (fault?.kind === 'crash') this.kill();
    return fault;
  }

  /** Ends the JS context: open transactions vanish, connections close, locks are let go. */
  kill(): void {
    if (this.#dead) return;
    this.#dead = true;
    for (const end of this.#onKill) end();
    this.#onKill.clear();
  }

  /** @returns how to stop listening */
  onKill(end: () => void): () => void {
    this.#onKill.add(end);
    return () => this.#onKill.delete(end);
  }
}
