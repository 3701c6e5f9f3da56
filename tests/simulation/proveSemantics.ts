import { describe, expect, test } from 'vitest';
import { freshIndexedDb } from '../support/indexeddb.ts';
import { asFactory, FaultFactory } from './faults/factory.ts';
import { Process, Steps } from './faults/process.ts';
import { CHECKS, type Pages } from './semantics.ts';

/** Two pages over one storage, each behind its own fault layer with nothing armed. */
function throughFaultLayer(): Pages {
  const [steps, real] = [new Steps(), freshIndexedDb()];
  const page = (name: string) => asFactory(new FaultFactory(real, new Process(name, steps)));
  return { here: page('here'), there: page('there') };
}

function bare(): Pages {
  const real = freshIndexedDb();
  return { here: real, there: real };
}

export function proveSemantics(): void {
  test('the list is as long as it was: a lost check is a lost promise', () => {
    expect(CHECKS.length).toBeGreaterThanOrEqual(44);
  });

  describe.each([
    ['bare', bare],
    ['through the fault layer', throughFaultLayer],
  ])('IndexedDB %s', (_, pages) => {
    test.each(CHECKS)('$name', async ({ run, answer }) => {
      expect(await run(pages())).toEqual(answer);
    });
  });
}
