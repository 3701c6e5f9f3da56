import { afterAll, expect, test } from 'vitest';
import { adapters, type Hl7Case } from './hl7Cases.ts';
import { readCorpusJson, reportRun } from './location.ts';

const cases = (readCorpusJson('hl7-cases.json') ?? []) as Hl7Case[];
const skipped: string[] = [];
let run = 0;

for (const { id, area, input, expected, note } of cases) {
  const op = typeof input === 'object' && input !== null && 'op' in input ? `/${input.op}` : '';
  const adapter = adapters[area + op];
  if (!adapter) {
    skipped.push(id);
    test.skip(`${id} ${note}`, () => {});
    continue;
  }
  test(`${id} ${note}`, async () => {
    run += 1;
    const isUnordered = area === 'validate' && Array.isArray(expected);
    expect(await adapter(input as never, expected)).toEqual(isUnordered ? expected.toSorted() : expected);
  });
}

test('the corpus has cases that run', () => {
  expect(cases.length - skipped.length).toBeGreaterThan(0);
});

afterAll(() => reportRun('hl7', run, skipped));
