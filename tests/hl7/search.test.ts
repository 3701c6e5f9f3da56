import { expect, test } from 'vitest';
import { isPathQuery, parse, SEARCH_LIMIT, searchMessage } from '../../src/hl7/index.ts';

const TEXT = 'MSH|^~\\&|A|B\rPID|1||0^^^X~1^^^Y||TEST\\T\\PERSON^ADA&X|||\rPID|2||2';

const pathsFor = (query: string) => searchMessage(parse(TEXT), query).hits.map((hit) => hit.path);

test('a path finds its place in every segment that has it', () => {
  expect(pathsFor('PID-3')).toEqual(['PID-3', 'PID[2]-3']);
  expect(pathsFor('pid.3.4')).toEqual(['PID-3.4']);
  expect(pathsFor(' PID-8 ')).toEqual(['PID-8']);
  expect(pathsFor('PID-9')).toEqual([]);
  expect(pathsFor('ABC-1')).toEqual([]);
});

test('what is no path is text, found in decoded values and any case', () => {
  expect(pathsFor('test&person')).toEqual(['PID-5.1']);
  expect(pathsFor('ada')).toEqual(['PID-5.2.1']);
  expect(pathsFor('TEST\\T\\')).toEqual([]);
  expect(pathsFor('PID-0')).toEqual([]);
  expect(isPathQuery('PID-3[2]')).toBe(false);
});

test('a hit knows its span in the text', () => {
  const [hit] = searchMessage(parse(TEXT), 'y').hits;
  expect(hit?.path).toBe('PID-3[2].4');
  expect(TEXT.slice(hit?.from, hit?.to)).toBe('Y');
  const [place] = searchMessage(parse(TEXT), 'PID-5.2').hits;
  expect(TEXT.slice(place?.from, place?.to)).toBe('ADA&X');
});

test('subcomponents are searched where there is no component', () => {
  expect(searchMessage(parse('PID|A&FIND'), 'find').hits.map((hit) => hit.path)).toEqual(['PID-1.1.2']);
});

test('a blank query finds nothing', () => {
  for (const query of ['', ' ', '\t']) expect(pathsFor(query)).toEqual([]);
});

test('no more than a hundred hits, and it says that there are more', () => {
  const many = (count: number) => searchMessage(parse(`NTE${'|x'.repeat(count)}`), 'x');
  expect(many(SEARCH_LIMIT)).toMatchObject({ isCapped: false });
  expect(many(SEARCH_LIMIT + 1)).toMatchObject({ isCapped: true });
  expect(many(SEARCH_LIMIT + 1).hits).toHaveLength(SEARCH_LIMIT);
});
