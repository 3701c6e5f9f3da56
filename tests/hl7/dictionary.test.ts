import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DICTIONARY_FOLDER, dictionaryFiles } from '../../scripts/dictionary.ts';
import {
  componentName,
  DICTIONARY_VERSIONS,
  dictionaryKeyOf,
  dictionaryVersionOf,
  fieldName,
  loadDictionary,
  loadMessageInfos,
  nameAt,
  parse,
  variablesOf,
} from '../../src/hl7/index.ts';

test('generating the dictionary again gives the files that are checked in, byte for byte', () => {
  const generated = dictionaryFiles();
  const present = readdirSync(DICTIONARY_FOLDER).filter((name) => name.endsWith('.json'));
  expect(present.sort()).toEqual(Object.keys(generated).sort());
  for (const [name, content] of Object.entries(generated)) {
    expect(readFileSync(join(DICTIONARY_FOLDER, name), 'utf8') === content, name).toBe(true);
  }
});

test('known faults of the source are corrected', async () => {
  const dictionary = await loadDictionary();
  expect(fieldName(dictionary, 'OBR', 5)).toBe('Priority - OBR');
  expect(fieldName(dictionary, 'IN1', 52)).toBe("Insured's Birth Place");
  expect(dictionary.fieldCount('OBR')).toBe(49);
});

test.each(DICTIONARY_VERSIONS)(
  'version %s loads, and names have no traces of broken text',
  async (version) => {
    const dictionary = await loadDictionary(version);
    expect(dictionary.version).toBe(version);
    expect(dictionary.segmentName('MSH')).toMatch(/^Message Header/i);
    const text = readFileSync(join(DICTIONARY_FOLDER, `hl7-${version}.json`), 'utf8');
    const strings = Array.from(text.matchAll(/"((?:[^"\\]|\\.)*)"/g), ([, string]) => string ?? '');
    const broken = /[^\x20-\x7E]| _ |\w_s\b|^\s|\s$| {2}|[*#+]$/;
    expect(strings.filter((name) => broken.test(name))).toEqual([]);
  },
);

test('names reach from the segment to the subcomponent', async () => {
  const dictionary = await loadDictionary();
  expect(dictionary.segmentName('PID')).toBe('Patient Identification');
  expect(dictionary.fieldInfo('PID', 5)).toEqual({
    name: 'Patient Name',
    type: 'XPN',
    optionality: 'R',
    repetitions: Number.POSITIVE_INFINITY,
    length: 250,
    table: undefined,
  });
  expect(componentName(dictionary, 'PID', { field: 5, component: 1 })).toBe('Family Name');
  expect(componentName(dictionary, 'PID', { field: 5, component: 1, subcomponent: 2 })).toBe(
    'Own Surname Prefix',
  );
  expect(dictionary.segmentName('ZPI')).toBeUndefined();
  expect(dictionary.segmentName('constructor')).toBeUndefined();
  expect(dictionary.fieldInfo('PID', 99)).toBeUndefined();
});

test('the parts of OBX-5 are named by the type in OBX-2', async () => {
  const dictionary = await loadDictionary();
  const parsed = parse('OBX|1|CE|X||A^B');
  expect(nameAt(dictionary, parsed, { segment: 0, field: 5, component: 2 })).toBe('Text');
  expect(nameAt(dictionary, parsed, { segment: 0, field: 5 })).toBe('Observation Value');
});

test('[H11] field names belong to the segment: any message type shows them', async () => {
  const dictionary = await loadDictionary();
  for (const type of ['ADT^A01', 'ADT^A01^ADT_A01', 'XYZ^Q99', '']) {
    const parsed = parse(`MSH|^~\\&|A||||||${type}\rPID|1||HELPERVARIABLE1`);
    expect(nameAt(dictionary, parsed, { segment: 1, field: 3 })).toBe('Patient Identifier List');
    expect(variablesOf(parsed, (segment, field) => fieldName(dictionary, segment, field))[0]?.names).toEqual([
      'Patient Identifier List',
    ]);
  }
});

test('[H11] a type written with its structure is the same type to the dictionary', async () => {
  const infoOf = await loadMessageInfos();
  expect(dictionaryKeyOf('ADT-A01^ADT_A01')).toBe('ADT^A01');
  expect(infoOf(dictionaryKeyOf('ADT-A01'))?.name).toBe('Admit/visit notification');
  expect(infoOf('ORU^R01')?.structure).toMatch(/^MSH SFT\* \(\(PID PD1\?/);
  expect(infoOf('ADT^Z99')).toBeUndefined();
});

test('the version of a message chooses the dictionary', () => {
  expect(dictionaryVersionOf('2.3')).toBe('2.3');
  expect(dictionaryVersionOf('2.3.1')).toBe('2.3.1');
  expect(dictionaryVersionOf('2.7.1')).toBe('2.7');
  expect(dictionaryVersionOf('2.10')).toBe('2.5');
  expect(dictionaryVersionOf(' 2.4 ')).toBe('2.4');
  expect(dictionaryVersionOf(undefined)).toBe('2.5');
});
