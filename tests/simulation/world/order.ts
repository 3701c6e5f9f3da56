/** What may happen next, in whichever order the world picks. */
export interface Order {
  add(label: string, task: () => void): void;
  waiting(): number;
  /** Lets one of the waiting things happen. */
  next(): Promise<void>;
}

/** Picks by a seeded source of chance. */
export function seededOrder(random: () => number): Order {
  const waiting: (() => void)[] = [];
  return {
    add: (_, task) => void waiting.push(task),
    waiting: () => waiting.length,
    async next() {
      const [task] = waiting.splice(Math.floor(random() * waiting.length), 1);
      task?.();
    },
  };
}

/** The part of fast-check's scheduler that is used here. */
interface Scheduler {
  schedule<T>(task: Promise<T>, label?: string): Promise<T>;
  count(): number;
  waitNext(count: number): Promise<void>;
}

/** Picks as a fast-check scheduler does, so that a failing order is shrunk and replayed by its seed and path. */
export function scheduledOrder(scheduler: Scheduler): Order {
  return {
    add: (label, task) => void scheduler.schedule(Promise.resolve(), label).then(task),
    waiting: () => scheduler.count(),
    next: () => scheduler.waitNext(1),
  };
}

/** Walks all orders, one a run: the choices of a run are kept, and the last that has an alternative moves on. */
export class EveryOrder {
  #choices: { taken: number; of: number }[] = [];
  #depth = 0;

  /** The order of one run. */
  begin(): Order {
    this.#depth = 0;
    const waiting: (() => void)[] = [];
    return {
      add: (_, task) => void waiting.push(task),
      waiting: () => waiting.length,
      next: async () => {
        const choice = this.#choices[this.#depth] ?? { taken: 0, of: waiting.length };
        this.#choices[this.#depth] = choice;
        this.#depth += 1;
        const [task] = waiting.splice(choice.taken, 1);
        task?.();
      },
    };
  }

  /** @returns false when there is no order left */
  advance(): boolean {
    this.#choices.length = this.#depth;
    while (this.#choices.length > 0) {
      const last = this.#choices.at(-1);
      if (last && last.taken + 1 < last.of) {
        last.taken += 1;
        return true;
      }
      this.#choices.pop();
    }
    return false;
  }
}
