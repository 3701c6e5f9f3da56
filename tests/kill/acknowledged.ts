import { appendFileSync, writeFileSync } from 'node:fs';

/** The log outside the browser: which writes the page was told are saved. It survives whatever happens to the browser. */
export interface Acknowledged {
  /** The newest acknowledged write; 0 before the first. */
  last(): number;
  note(n: number): void;
  /** A life has begun: what was found to be there counts as acknowledged, and nothing beyond it. */
  beginAt(n: number): void;
  /** Milliseconds since a write was acknowledged. */
  ageOf(n: number): number;
}

export function openAcknowledged(path: string): Acknowledged {
  writeFileSync(path, '');
  const times = new Map<number, number>();
  let last = 0;
  const take = (n: number, how: string) => {
    appendFileSync(path, `${n} ${how}\n`);
    times.set(n, Date.now());
    last = n;
  };
  return {
    last: () => last,
    note: (n) => take(n, 'acknowledged'),
    beginAt: (n) => take(n, 'found'),
    ageOf: (n) => Date.now() - (times.get(n) ?? Date.now()),
  };
}
