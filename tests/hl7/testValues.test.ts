import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createNumbering } from '../../src/bundle/numbering.ts';
import {
  type Delimiters,
  findPlaceholders,
  identifyingSpans,
  identifyingVariables,
  isPatientLike,
  openText,
  parse,
  patientLikeFields,
  testValueFor,
  withTestValues,
} from '../../src/hl7/index.ts';
import { listCorpusFiles, readCorpusFile, readCorpusJson } from '../corpus/location.ts';
import { delimiters, headerFor, leafWire, noise } from './arbitraries.ts';
import { leavesByHand } from './leavesByHand.ts';

const SEED = Number(process.env.SEED ?? 20_261_126);
const replaced = (text: string, numberOf = createNumbering()) => withTestValues(parse(text), numberOf);
const fields = (text: string) => [...patientLikeFields(parse(text))];

test('each value becomes a made-up one of its kind, and nothing else changes', () => {
  const text = [
    'MSH|^~\\&|JONES|SMITH||||20260101||ADT^A01|JONES|P|2.5',
    'PID|1|9|4711^8^M11^HOSP&1.2.3&ISO^MR~123^^^AOK^NI||DOE^JOHN^Q^JR^DR^PHD^L||19700102|M|Doe|R|1 MAIN ST&MAIN ST^B^ULM^BW^89073^DEU^H|U7|' +
      '0731/123^PRN^PH^john@doe.example^49^731^123|""||||4711|123-45-6789|D1^BW^20300101|||ULM||||||202601011230+0100',
    'NTE|1||JOHN DOE was born in 1970',
    'ZPI|DOE^JOHN',
  ].join('\r');
  const made =
    'PID|1|TESTID1|TESTID2^00000001^M11^TESTORG1&2.999.1&ISO^MR~TESTID3^^^TESTORG2^NI||TESTFAMILY1^TESTGIVEN1^TESTGIVEN2^TESTTITLE1^TESTTITLE2^TESTTITLE3^L||18000102|M|TESTFAMILY2|R|' +
    'TESTSTREET1&TESTSTREET2^TESTSTREET3^TESTTOWN1^TESTREGION1^00001^TESTREGION2^H|TESTREGION3|' +
    '00000001^PRN^PH^test1@example.invalid^00000002^00000003^00000004|""||||TESTID2|TESTID4|TESTID5^TESTREGION1^18000103|||TESTTOWN1||||||180001040000';
  expect(replaced(text).split('\r')).toEqual(text.split('\r').with(1, made));
});

test('the same value becomes the same one in every text of a file, and different ones differ', () => {
  const numberOf = createNumbering();
  const one = replaced('PID|||4711||DOE^ADA\rNK1|1|DOE^BOB', numberOf);
  const other = replaced('MSH#*~!%\rPID###4712##ROE*ADA\rPV1#######4711*DOE', numberOf);
  expect(one).toBe('PID|||TESTID1||TESTFAMILY1^TESTGIVEN1\rNK1|1|TESTFAMILY1^TESTGIVEN2');
  expect(other).toBe('MSH#*~!%\rPID###TESTID2##TESTFAMILY2*TESTGIVEN1\rPV1#######TESTID1*TESTFAMILY1');
});

test('a value with an escape is the value that it means', () => {
  const numberOf = createNumbering();
  expect(replaced('PID|||||M\\T\\S', numberOf)).toBe('PID|||||TESTFAMILY1');
  expect(replaced('MSH|^~\\#\rPID|||||M&S', numberOf)).toBe('MSH|^~\\#\rPID|||||TESTFAMILY1');
});

test('empty values, HL7 nulls, blanks, punctuation and placeholders stay', () => {
  const text = 'PID|||HELPERVARIABLE1^^^||""|  |HELPERVARIABLE-HELPERVARIABLE7|M|-';
  expect(replaced(text)).toBe(text);
  expect(fields(text)).toEqual([]);
});

test('beside other text a placeholder stays one, and the text around it goes', () => {
  const text = 'PID|||||DR. HELPERVARIABLE1,DOE^XHELPERVARIABLE2| HELPERVARIABLE3 ';
  const made = replaced(text);
  expect(made).toBe('PID|||||TESTVALUE1 HELPERVARIABLE1 TESTVALUE2^TESTGIVEN1| HELPERVARIABLE3 ');
  expect(findPlaceholders(made).map(({ id }) => id)).toEqual(['HELPERVARIABLE1', 'HELPERVARIABLE3']);
});

describe('a date', () => {
  const dates = (...all: string[]) => {
    const numberOf = createNumbering();
    return all.map((date) => replaced(`PID|||||||${date}`, numberOf).slice(10));
  };

  test('is as exact as before, and far from any date of a person', () => {
    expect(
      dates('1970', '197001', '19700101', '1970010112', '19700101120000.123+0100', 'about 1970'),
    ).toEqual(['1801', '180003', '18000104', '1800010500', '18000106000000', '18000107']);
  });

  test('becomes more exact where there are more of them than years, months or days', () => {
    const make = (number: number, like: string) => testValueFor('date', like, () => number);
    expect(make(99, '1970')).toBe('1899');
    expect(make(100, '1970')).toBe('180805');
    expect(make(1_200, '197001')).toBe('18030416');
    expect(make(36_523, '19700101')).toBe('18991231');
    expect(make(36_524, '19700101')).toBe('180001010001');
    const many = Array.from({ length: 80_000 }, (_, i) => make(i + 1, '19700101'));
    expect(new Set(many).size).toBe(80_000);
    expect(many.filter((date) => isPatientLike('date', date))).toEqual([]);
  });
});

test('where a kind cannot be written, a word stands: this header names no escape', () => {
  expect(replaced('MSH|.\rPID|||||||||||||.a.b.j@doe')).toBe(
    'MSH|.\rPID|||||||||||||.TESTCODE1.TESTCODE2.TESTVALUE1',
  );
  expect(replaced('MSH|^~\\.\rPID|||||||||||||^PRN^^j@doe')).toBe(
    'MSH|^~\\.\rPID|||||||||||||^PRN^^test1@example\\T\\invalid',
  );
});

test('a hint about what is still someone’s is not put off by what only begins like a test value', () => {
  const real = ['TESTFAMILY', 'TESTFAMILY1 DOE', 'TESTFAMILYX1', '1TESTID1', 'TESTID01', 'TESTPERSON1'];
  for (const value of real) expect(fields(`PID|||||${value}`), value).toEqual(['PID-5']);
  // Many hospitals pad their numbers with zeros: only where a telephone or postal code stands they are made up.
  for (const id of ['00000001', '00001', '18000102', 'test1@example.invalid'])
    expect(fields(`PID|||${id}`), id).toEqual(['PID-3']);
});

test('codes of HL7’s own tables tell nothing where a code belongs, and much elsewhere', () => {
  expect(fields('PID|||^^^^MR||^^^^^^L||||||^^^^^^H||^PRN^PH')).toEqual([]);
  expect(fields('PID|||MR||L||||||H')).toEqual(['PID-3', 'PID-5', 'PID-11']);
  expect(replaced('PID|||||^^^^^^John')).toBe('PID|||||^^^^^^TESTCODE1');
});

test('values for placeholders are of the kind of the fields in which these stand', () => {
  const template = parse(
    'PID|||HELPERVARIABLE1||HELPERVARIABLE2^HELPERVARIABLE2||HELPERVARIABLE3|||||Dr HELPERVARIABLE4\rNTE|||HELPERVARIABLE5\rPV1|||||||HELPERVARIABLE1',
  );
  const variables = [...identifyingVariables(template)].map(([id, { kind, fields: all }]) => [
    id.slice(14),
    kind,
    ...all,
  ]);
  expect(variables).toEqual([
    ['1', 'identifier', 'PID-3', 'PV1-7'],
    ['2', 'text', 'PID-5'],
    ['3', 'date', 'PID-7'],
    ['4', 'text', 'PID-12'],
  ]);
  const numberOf = createNumbering();
  expect(testValueFor('identifier', ' 4711 ', numberOf)).toBe(' TESTID1 ');
  expect(replaced('PID|||4711', numberOf)).toBe('PID|||TESTID1');
  expect(testValueFor('code', 'MR', numberOf)).toBe('MR');
  expect(testValueFor('text', '""', numberOf)).toBe('""');
});

describe('against a reading by hand', () => {
  const names = listCorpusFiles('messages').filter((name) => name.endsWith('.hl7'));
  const messages = names.map((name) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(readCorpusFile('messages', name)),
  );
  const cases = (JSON.stringify(readCorpusJson('hl7-cases.json') ?? {}).match(/"(?:[^"\\]|\\.)*"/g) ?? [])
    .map((text) => JSON.parse(text) as string)
    .filter((text) => /PID|NK1|GT1|IN1|PV1/.test(text));

  test('every message of the corpus keeps all but its identifying values', () => {
    expect(messages.length).toBeGreaterThan(0);
    expect(cases.length).toBeGreaterThan(0);
    let changed = 0;
    for (const text of [...messages, ...messages.map((message) => openText(message).text), ...cases])
      if (compare(text) > 0) changed += 1;
    expect(changed).toBeGreaterThan(0);
  });

  test('and so does any text', () => {
    fc.assert(
      fc.property(fc.oneof(noise, anyMessage), (text) => void compare(text)),
      { seed: SEED, numRuns: 2_000 },
    );
  });

  test('a text of a million repetitions takes linear time', () => {
    const text = `PID|||${'4711~'.repeat(300_000)}`;
    const from = performance.now();
    expect(replaced(text).slice(0, 20)).toBe('PID|||TESTID1~TESTID');
    expect(performance.now() - from).toBeLessThan(5_000);
  });
});

/** Holds a replaced text against the original, both taken apart by hand. @returns how many values were replaced */
function compare(text: string): number {
  const made = replaced(text);
  const before = leavesByHand(text);
  const after = leavesByHand(made);
  // All that is between identifying values, and where they are, is the same.
  expect(after.around).toEqual(before.around);
  const seen = new Map<string, string>();
  let count = 0;
  for (const [i, wire] of before.values.entries()) {
    const now = after.values[i] ?? '';
    expect(placeholdersIn(now)).toEqual(placeholdersIn(wire));
    if (/^[\s\p{P}]*$/u.test(wire.replace(/HELPERVARIABLE\d*/g, ''))) {
      if (!/[\p{L}\p{N}\p{M}_]HELPER|HELPERVARIABLE0|HELPERVARIABLE\d{4}/u.test(wire)) expect(now).toBe(wire);
      continue;
    }
    if (now === wire) expect(now.trim()).toMatch(OWN_CODE_OR_TEST);
    else count += 1;
    const place = `${before.places[i]} ${wire}`;
    expect(seen.get(place) ?? now).toBe(now);
    seen.set(place, now);
  }
  expect([...patientLikeFields(parse(made))]).toEqual([]);
  expect(replaced(made)).toBe(made);
  // What a mask covers is what is replaced.
  expect([...identifyingSpans(parse(made))]).toHaveLength([...identifyingSpans(parse(text))].length);
  return count;
}

const OWN_CODE_OR_TEST = /^(?:[A-Z]|[A-Za-z]{2,8}|M1[01]|x[45]00|TEST[A-Z]+\d+|18\d+|000\d+)$/;

const placeholdersIn = (wire: string) => findPlaceholders(wire).map(({ id }) => id);

const leaf = (inUse: Delimiters) =>
  fc.oneof(
    leafWire(inUse).map((wire) => wire.replace(/[\r\n]/g, '')),
    fc.constantFrom(
      '',
      '""',
      'DOE',
      'ADA',
      'MR',
      'L',
      '19700101',
      '4711',
      'HELPERVARIABLE1',
      'Dr HELPERVARIABLE2',
      'TESTID7',
    ),
  );

/** A header with any delimiters, and segments of patients under it. */
const anyMessage = delimiters.chain((inUse) => {
  const { field, component = '', repetition = '', subcomponent = '' } = inUse;
  const value = fc
    .array(fc.oneof(leaf(inUse), fc.constantFrom(component, repetition, subcomponent)), { maxLength: 6 })
    .map((pieces) => pieces.join(''));
  const segment = fc
    .tuple(
      fc.constantFrom('PID', 'NK1', 'GT1', 'IN1', 'PV1', 'ZZZ', 'NTE'),
      fc.array(value, { maxLength: 24 }),
    )
    .map(([name, values]) => [name, ...values].join(field));
  return fc
    .tuple(fc.array(segment, { maxLength: 4 }), fc.constantFrom('\r', '\n', '\r\n'))
    .map(([segments, end]) => [headerFor(inUse), ...segments].join(end));
});
