import { expect, test } from 'vitest';
import { exampleTemplates } from '../../src/app/stores/exampleTemplates.ts';
import { Template } from '../../src/app/stores/templates.ts';
import { countPlaceholders, loadDictionary, messageTypeOf, parse, validate } from '../../src/hl7/index.ts';

const examples = exampleTemplates(1_700_000_000_000);

test.each(examples.map((example) => [example.name, example] as const))(
  'the example %s is valid, of the type it says, and has placeholders',
  async (_name, example) => {
    const dictionary = await loadDictionary('2.5');
    const parsed = parse(example.content);
    expect(Template.safeParse(example).success).toBe(true);
    expect(messageTypeOf(parsed)).toBe(example.messageType);
    expect(countPlaceholders(parsed)).toBeGreaterThan(0);
    const issues = validate(parsed, { dictionary, dictionaryFor: () => dictionary });
    expect(issues.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(issues.map(({ code, path }) => `${code} ${path}`)).toEqual([]);
  },
);

test('together the examples show umlauts, a repetition, subcomponents and a line break in a value', () => {
  const text = examples.map(({ content }) => content).join('\r');
  expect(text).toMatch(/[ÄÖÜäöüß]/);
  expect(text).toMatch(/\^MR~/);
  expect(text).toMatch(/[^^|~]&[^|]/);
  expect(text).toContain('\\.br\\');
});
