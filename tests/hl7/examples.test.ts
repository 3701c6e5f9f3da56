import { expect, test } from 'vitest';
import { EXAMPLES, exampleTemplates } from '../../src/hl7/examples.ts';
import {
  countPlaceholders,
  loadDictionary,
  loadTables,
  messageTypeOf,
  parse,
  toCanonical,
  validate,
} from '../../src/hl7/index.ts';

test.each(EXAMPLES)('example $id has nothing to remark, by any rule', async ({ content }) => {
  const dictionary = await loadDictionary('2.5');
  const context = { dictionary, dictionaryFor: () => dictionary, tables: await loadTables() };
  expect(validate(parse(content), context)).toEqual([]);
});

test.each(EXAMPLES)('example $id says its type, holds placeholders and is in canonical form', (example) => {
  const parsed = parse(example.content);
  expect(messageTypeOf(parsed)).toBe(example.messageType);
  expect(countPlaceholders(parsed)).toBeGreaterThan(2);
  expect(toCanonical(parsed)).toBe(example.content);
});

test('the examples show umlauts, a repetition with subcomponents, and a line break', () => {
  const all = EXAMPLES.map((example) => example.content).join('\r');
  expect(all).toMatch(/[ÄÖÜäöü]/);
  expect(all).toMatch(/\|[^|]*&[^|]*~[^|]*\|/);
  expect(all).toContain('\\.br\\');
});

test('the examples are made with the date they are asked for', () => {
  expect(exampleTemplates(7).map(({ id, createdAt }) => [id, createdAt])).toEqual([
    ['default-0', 7],
    ['default-1', 7],
    ['default-2', 7],
  ]);
});
