import { type Data, type Run, stepOf } from './workload.ts';

/** `store/id` → data: what must be there. */
export type Model = ReadonlyMap<string, Data>;

export interface Models {
  /** The state after the first `n` writes. Quick when `n` grows from call to call. */
  after(n: number): Model;
}

/** What must be there after each write of a run; goes on from where it was last asked. */
export function modelsOf(run: Run): Models {
  const model = new Map<string, Data>();
  let at = 0;
  return {
    after(n) {
      if (n < at) {
        model.clear();
        at = 0;
      }
      for (; at < n; at += 1) {
        for (const { store, id, data } of stepOf(run, at + 1).wishes) {
          if (data) model.set(`${store}/${id}`, data);
          else model.delete(`${store}/${id}`);
        }
      }
      return model;
    },
  };
}

/** @returns the records in which the two differ, in words; none when they are equal to the code unit */
export function differences(found: Model, expected: Model): string[] {
  const keys = new Set([...found.keys(), ...expected.keys()]);
  return [...keys].flatMap((key) => {
    const [one, other] = [found.get(key), expected.get(key)];
    if (one?.write === other?.write && one?.text === other?.text) return [];
    return [`${key}: stored is write ${one?.write ?? 'none'}, expected is write ${other?.write ?? 'none'}`];
  });
}
