import { type Data, stepOf } from './workload.ts';

/** `store/id` → data: what must be there. */
export type Model = ReadonlyMap<string, Data>;

/** The state after the first `n` writes of a run. */
export function modelAfter(seed: number, n: number): Model {
  const model = new Map<string, Data>();
  for (let at = 1; at <= n; at += 1) {
    for (const { store, id, data } of stepOf(seed, at).wishes) {
      if (data) model.set(`${store}/${id}`, data);
      else model.delete(`${store}/${id}`);
    }
  }
  return model;
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
