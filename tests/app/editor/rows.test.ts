import { expect, test } from 'vitest';
import {
  MOST_PARTS,
  MOST_SEGMENTS,
  type RowOptions,
  rowIdsAround,
  rowsOf,
} from '../../../src/app/editor/tree/rows.ts';
import { parse, positionAt, reparse } from '../../../src/hl7/index.ts';

const everything: RowOptions = {
  isExpanded: () => true,
  showEmpty: false,
  caret: undefined,
  fieldCount: () => 0,
};

const message = parse('MSH|^~\\&|APP\rPID|1||A1^^^X^MR~B2||DOE&VAN^ADA||""\rZPI');

const listed = (options: Partial<RowOptions> = {}, parsed = message): string[] =>
  rowsOf(parsed, { ...everything, ...options }).map((row) => `${row.level} ${row.path} ${row.value ?? '–'}`);

test('the structure lists each level that divides, and passes over those that do not', () => {
  expect(listed()).toEqual([
    '1 MSH –',
    '2 MSH-1 |',
    '2 MSH-2 ^~\\&',
    '2 MSH-3 APP',
    '1 PID –',
    '2 PID-1 1',
    '2 PID-3 –',
    '3 PID-3 –',
    '4 PID-3.1 A1',
    '4 PID-3.2 ',
    '4 PID-3.3 ',
    '4 PID-3.4 X',
    '4 PID-3.5 MR',
    '3 PID-3[2] B2',
    '2 PID-5 –',
    '3 PID-5.1 –',
    '4 PID-5.1.1 DOE',
    '4 PID-5.1.2 VAN',
    '3 PID-5.2 ADA',
    '2 PID-7 ""',
    '1 ZPI –',
  ]);
});

test('the delimiters themselves cannot be edited', () => {
  const rows = rowsOf(message, everything);
  const locked = rows.filter((row) => row.isReadOnly && row.value !== undefined).map((row) => row.path);
  expect(locked).toEqual(['MSH-1', 'MSH-2']);
});

test('each row has an id of its own', () => {
  const ids = rowsOf(message, { ...everything, showEmpty: true, fieldCount: () => 12 }).map((row) => row.id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('empty fields are listed on request, those beyond the end too', () => {
  const rows = rowsOf(message, { ...everything, showEmpty: true, fieldCount: () => 9 });
  const paths = rows.filter((row) => row.level === 2 && row.path.startsWith('PID')).map((row) => row.path);
  expect(paths).toEqual(['PID-1', 'PID-2', 'PID-3', 'PID-4', 'PID-5', 'PID-6', 'PID-7', 'PID-8', 'PID-9']);
});

test('an empty field is listed while the caret is in it', () => {
  expect(listed({ caret: { segment: 1, field: 4 } })).toContain('2 PID-4 ');
  expect(listed()).not.toContain('2 PID-4 ');
});

test('what is closed hides what is below', () => {
  expect(listed({ isExpanded: (_id, kind) => kind === 'segment' })).not.toContain('3 PID-5.2 ADA');
});

test('rows keep their ids while other lines come and go, so that what is open stays open', () => {
  const before = rowsOf(message, everything).find((row) => row.path === 'PID-5.2');
  const later = reparse(message, `EVN|A01\r${message.text}`);
  const after = rowsOf(later, everything).find((row) => row.path === 'PID-5.2');
  expect(after?.position.segment).toBe(2);
  expect(after?.id).toBe(before?.id);
});

test('the row of any caret is listed: the tree can follow it everywhere', () => {
  const open = rowsOf(message, everything);
  for (let offset = 0; offset <= message.text.length; offset += 1) {
    const position = positionAt(message, offset);
    if (!position) continue;
    const rows = rowsOf(message, { ...everything, caret: position });
    const ids = rowIdsAround(message, position);
    const nearest = ids.find((id) => rows.some((row) => row.id === id));
    expect(nearest, `offset ${offset}`).toBeDefined();
    const row = rows.find(({ id }) => id === nearest);
    expect(row?.value !== undefined || row?.kind === 'segment', `offset ${offset}: ${row?.path}`).toBe(true);
  }
  expect(open.length).toBeGreaterThan(0);
});

test('ten thousand segments and ten thousand fields are listed up to a limit, which is counted', () => {
  const many = parse(Array.from({ length: 10_000 }, (_, index) => `OBX|${index}`).join('\r'));
  const closed = rowsOf(many, { ...everything, isExpanded: () => false });
  expect(closed).toHaveLength(MOST_SEGMENTS);
  const wide = rowsOf(parse(`ZZZ|${'x|'.repeat(10_000)}`), everything);
  const more = wide.find((row) => row.kind === 'more');
  expect(wide.length).toBeLessThan(MOST_PARTS + 10);
  expect(more?.hidden).toBe(10_000 - MOST_PARTS);
});
