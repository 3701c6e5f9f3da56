import { describe, expect, test } from 'vitest';
import {
  type CustomRule,
  type Dictionary,
  loadDictionary,
  loadTables,
  parse,
  type Tables,
  type ValidationContext,
  validate,
  validateOutput,
} from '../../src/hl7/index.ts';

const MSH = 'MSH|^~\\&|A|B|C|D|20250101||ADT^A01|1|P|2.5';
const PID = 'PID|1||0^^^X^MR||TESTPERSON^ADA||20000101|F';

const codes = (text: string, context?: ValidationContext) =>
  validate(parse(text), context).map((issue) => issue.code);

test('a sound message has no issues', () => {
  expect(codes(`${MSH}\r${PID}`)).toEqual([]);
});

test('an issue says where it is and what to do, and repeats no value', () => {
  expect(validate(parse(`${MSH}\r${PID}\rPID|2||0||X||SECRET`))).toEqual([
    {
      severity: 'warning',
      code: 'INVALID_PID_7',
      message: 'The date of birth is not a date. Write it as YYYYMMDD.',
      path: 'PID[2]-7',
      segmentIndex: 2,
      fieldPosition: 7,
    },
  ]);
});

test('nothing at all is one issue', () => {
  for (const text of ['', ' \r\n']) expect(codes(text)).toEqual(['EMPTY_MESSAGE']);
});

test('MSH is there and first; only batch headers may come before', () => {
  expect(codes(PID)).toEqual(['MISSING_MSH', 'MSH_NOT_FIRST']);
  expect(codes(`${PID}\r${MSH}`)).toEqual(['MSH_NOT_FIRST']);
  expect(codes(`FHS|^~\\&|A\rBHS|^~\\&|A\r${MSH}\rBTS|1\rFTS|1`)).toEqual([]);
});

test('each bad segment name is listed', () => {
  const issues = validate(parse(`${MSH}\rpid|1\rPIDX\r|x`));
  expect(issues.map(({ code, segmentIndex }) => [code, segmentIndex])).toEqual([
    ['INVALID_SEGMENT_NAME', 1],
    ['INVALID_SEGMENT_NAME', 2],
    ['INVALID_SEGMENT_NAME', 3],
  ]);
});

test('rules run for each message of the text, and issues come in document order', () => {
  const bad = 'MSH|^~\\&|A|B|C|D|20250101||ADT|| |';
  const issues = validate(parse(`${bad}\r${MSH}\r${bad}`));
  expect(issues.map(({ code, path }) => `${code} ${path}`)).toEqual([
    'INCOMPLETE_MSH_9 MSH-9',
    'MISSING_MSH_10 MSH-10',
    'MISSING_MSH_12 MSH-12',
    'INCOMPLETE_MSH_9 MSH[3]-9',
    'MISSING_MSH_10 MSH[3]-10',
    'MISSING_MSH_12 MSH[3]-12',
  ]);
});

test('issues of different rules come in document order as well', () => {
  const customRules: CustomRule[] = [
    { path: 'PID-1', condition: { kind: 'present' }, message: 'Ours.', severity: 'error' },
    { path: 'MSH-3', condition: { kind: 'absent' }, message: 'Ours.', severity: 'error' },
  ];
  const issues = validate(parse(`${MSH}\rPID||\\|||A||x`), { customRules });
  expect(issues.map(({ code, path }) => `${code} ${path}`)).toEqual([
    'CUSTOM MSH-3',
    'CUSTOM PID-1',
    'BAD_ESCAPE PID-2',
    'MISSING_PID_3 PID-3',
    'INVALID_PID_7 PID-7',
  ]);
});

test('delimiters are different and complete', () => {
  const rest = '|A|B|C|D|2025||ACK|1|P|2.5';
  expect(codes(`MSH|^^\\&${rest}`)).toContain('DUPLICATE_DELIMITER');
  expect(codes(`MSH|^~\\${rest}`)).toEqual(['INCOMPLETE_DELIMITERS']);
  expect(codes(`MSH|${rest}`)).toEqual([]);
  expect(codes(`MSH|^~\\&#${rest}`)).toEqual([]);
  expect(codes(`BHS|^|A\r${MSH}`)).toEqual(['INCOMPLETE_DELIMITERS']);
});

test('a patient needs an identifier and a family name, in any repetition', () => {
  const patient = (id: string, name: string) => codes(`${MSH}\rPID|1||${id}||${name}`);
  expect(patient('^^^X', 'A')).toEqual(['MISSING_PID_3']);
  expect(patient('^^^X~1', 'A')).toEqual([]);
  expect(patient('1', '^ADA')).toEqual(['MISSING_PID_5_1']);
  expect(patient('1', '')).toEqual(['MISSING_PID_5_1']);
});

test('placeholders are present, and are not measured against formats', () => {
  expect(
    codes(
      `MSH|^~\\&|A|B|C|D|2025||HELPERVARIABLE1|HELPERVARIABLE|P|HELPERVARIABLE2\rPID|1||HELPERVARIABLE||HELPERVARIABLE||HELPERVARIABLE`,
    ),
  ).toEqual([]);
  expect(codes(`MSH|^~\\&|A|B|C|D|2025||HELPERVARIABLE^HELPERVARIABLE2|1|P|2.5`)).toEqual([]);
});

describe('dates', () => {
  const isDate = (date: string) => codes(`${MSH}\rPID|1||1||A||${date}`).length === 0;

  test.each([
    '',
    '""',
    '2000',
    '200002',
    '20000229',
    '2024022923',
    '20240229235959',
    '20240229235959.1234+0100',
    '2000^D',
  ])('%s is one, or nothing', (date) => {
    expect(isDate(date)).toBe(true);
  });

  test.each([
    '1900022',
    '19000229',
    '20230431',
    '20231301',
    '20230001',
    '20230100',
    '2023-01-01',
    'x',
    '2023010125',
    '20230101+1',
  ])('%s is none', (date) => {
    expect(isDate(date)).toBe(false);
  });
});

test('escapes that begin nothing are mentioned once for each leaf', () => {
  const issues = validate(parse(`${MSH}\rNTE|1||C:\\temp\\x \\.br\\ \\F\\|fine\\H\\|a~b\\`));
  expect(issues.map(({ severity, code, path }) => [severity, code, path])).toEqual([
    ['info', 'BAD_ESCAPE', 'NTE-3'],
    ['info', 'BAD_ESCAPE', 'NTE-5[2]'],
  ]);
});

test('placeholders left in output are reported once for each variable', () => {
  const issues = validateOutput(parse(`${MSH}\rPID|1||HELPERVARIABLE1||HELPERVARIABLE1^HELPERVARIABLE`));
  expect(issues.map(({ code, path }) => [code, path])).toEqual([
    ['UNFILLED_PLACEHOLDER', 'PID-3'],
    ['UNFILLED_PLACEHOLDER', 'PID-5.2'],
  ]);
});

describe('by the dictionary', async () => {
  const dictionary: Dictionary = await loadDictionary('2.5');
  const tables: Tables = await loadTables();
  const conformance = { dictionaryFor: () => dictionary, tables };

  test('unknown segments and fields are mentioned, Z segments never', () => {
    const text = `${MSH}\rQQQ|1\rZZ1|1\rNTE|1||x|y|extra||\rNTE|1||x|y||||`;
    const issues = validate(parse(text), { dictionary });
    expect(issues.map(({ code, path }) => [code, path])).toEqual([
      ['UNKNOWN_SEGMENT', 'QQQ'],
      ['UNKNOWN_FIELD', 'NTE-5'],
    ]);
  });

  test('required, too long, not repeatable and not in a table', () => {
    const text = `${MSH.replace('|P|', '|Q|')}\rEVN|\rPID|12345||1||A~B||20000101~20000101\rOBX|1|ST|a||b||||||`;
    const issues = validate(parse(text), conformance);
    expect(issues.map(({ severity, code, path }) => `${severity} ${code} ${path}`)).toEqual([
      'info REQUIRED_FIELD EVN-2',
      'info TOO_LONG PID-1',
      'info NOT_REPEATABLE PID-7',
      'info REQUIRED_FIELD OBX-11',
    ]);
    const inTable = validate(parse(`${MSH}\rOBX|1|QQ|a||b||||||F`), conformance);
    expect(inTable.map(({ code, path }) => [code, path])).toEqual([['NOT_IN_TABLE', 'OBX-2']]);
  });

  test('the settings raise these or switch them off', () => {
    const text = `${MSH}\rPID|12345||1||A`;
    expect(validate(parse(text), { ...conformance, severities: { TOO_LONG: 'error' } })).toMatchObject([
      { severity: 'error', code: 'TOO_LONG' },
    ]);
    expect(validate(parse(text), { ...conformance, severities: { TOO_LONG: 'off' } })).toEqual([]);
  });

  test('the version in MSH-12 decides which dictionary that is', () => {
    const asked: (string | undefined)[] = [];
    validate(parse(`${MSH}\rMSH|^~\\&|||||||ACK|1|P|2.3^X`), {
      dictionaryFor: (version) => {
        asked.push(version);
        return undefined;
      },
    });
    expect(asked).toEqual(['2.5', '2.3']);
  });
});

describe('rules of the user', () => {
  const check = (rule: Pick<CustomRule, 'path' | 'condition'>, text: string) =>
    validate(parse(text), { customRules: [{ ...rule, message: 'Ours.', severity: 'warning' }] })
      .filter((issue) => issue.code === 'CUSTOM')
      .map((issue) => issue.path);
  const text = `${MSH}\rZPI|A^1\rZPI|\rZPI|HELPERVARIABLE`;

  test('something is there, or is not', () => {
    expect(check({ path: 'ZPI-1.1', condition: { kind: 'present' } }, text)).toEqual(['ZPI[2]-1.1']);
    expect(check({ path: 'ZPI-1', condition: { kind: 'absent' } }, text)).toEqual(['ZPI-1', 'ZPI[3]-1']);
    expect(check({ path: 'ZZZ-1', condition: { kind: 'present' } }, text)).toEqual(['ZZZ-1']);
    expect(check({ path: 'ZZZ-1', condition: { kind: 'absent' } }, text)).toEqual([]);
    expect(check({ path: 'ZPI[2]-1', condition: { kind: 'present' } }, text)).toEqual(['ZPI[2]-1']);
  });

  test('it is one of some values, or not too long', () => {
    expect(check({ path: 'ZPI-1.1', condition: { kind: 'oneOf', values: ['B'] } }, text)).toEqual([
      'ZPI-1.1',
    ]);
    expect(check({ path: 'ZPI-1.1', condition: { kind: 'oneOf', values: ['A'] } }, text)).toEqual([]);
    expect(check({ path: 'MSH-9', condition: { kind: 'maximumLength', length: 3 } }, text)).toEqual([
      'MSH-9',
    ]);
  });

  test('a path that is none finds nothing', () => {
    expect(check({ path: 'nonsense', condition: { kind: 'present' } }, text)).toEqual([]);
  });
});
