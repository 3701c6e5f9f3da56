import { appendFileSync, openSync, writeFileSync } from 'node:fs';

/** The log outside the browser: which writes the page was told are saved. It survives whatever happens to the browser. */
export interface Acknowledged {
  /** The newest acknowledged write; 0 before the first. */
  last(): number;
  note(n: number): void;
}

export function openAcknowledged(path: string): Acknowledged {
  writeFileSync(path, '');
  const file = openSync(path, 'a');
  let last = 0;
  return {
    last: () => last,
    note(n) {
      appendFileSync(file, `${n}\n`);
      last = n;
    },
  };
}
