import type { Clock } from '../../../src/environment.ts';
import type { Process } from '../faults/process.ts';

interface Timer {
  at: number;
  order: number;
  owner: Process;
  task: () => void;
}

/** One simulated time for all tabs. It moves only when nothing else can happen, and from timer to timer. */
export class WorldClock {
  #now = 0;
  #order = 0;
  #timers: Timer[] = [];

  now(): number {
    return this.#now;
  }

  /** The timers of one process. They die with it. */
  for(owner: Process): Clock {
    return {
      setTimeout: (task, ms) => {
        this.#order += 1;
        const timer: Timer = { at: this.#now + Math.max(0, ms), order: this.#order, owner, task };
        if (!owner.dead) this.#timers.push(timer);
        return timer;
      },
      clearTimeout: (handle) => {
        this.#timers = this.#timers.filter((timer) => timer !== handle);
      },
    };
  }

  /**
   * Goes to the next timer and runs it.
   *
   * @param untilMs the time beyond which it will not go
   * @param frozen processes whose timers do not fire now
   * @returns false when there is no such timer
   */
  advance(untilMs: number, frozen: (owner: Process) => boolean = () => false): boolean {
    this.#timers = this.#timers.filter((timer) => !timer.owner.dead);
    const [next] = this.#timers
      .filter((timer) => !frozen(timer.owner))
      .sort((a, b) => a.at - b.at || a.order - b.order);
    if (!next || next.at > untilMs) return false;
    this.#now = Math.max(this.#now, next.at);
    this.#timers = this.#timers.filter((timer) => timer !== next);
    next.task();
    return true;
  }
}
