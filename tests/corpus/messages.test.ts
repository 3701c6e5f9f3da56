import { afterAll, describe, expect, test } from 'vitest';
import {
  childrenOf,
  decode,
  fieldsOf,
  isDivided,
  isHeader,
  openText,
  type ParsedText,
  type Part,
  parse,
  pathOf,
  setValue,
  spanOf,
  toCanonical,
  toText,
  validate,
} from '../../src/hl7/index.ts';
import { listCorpusFiles, readCorpusFile, reportRun } from './location.ts';

const names = listCorpusFiles('messages').filter((name) => name.endsWith('.hl7'));
let run = 0;

describe.each(names)('%s', (name) => {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(readCorpusFile('messages', name));
  const opened = openText(text);
  const parsed = parse(opened.text);

  test('comes back: byte for byte, and in canonical form up to line ends and the mark', () => {
    run += 1;
    expect(toText(parse(text)) === text).toBe(true);
    const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
    const canonical = lines.filter((line) => line.trim() !== '').join('\r');
    expect(toCanonical(parsed) === canonical).toBe(true);
    expect(toCanonical(parse(canonical)) === canonical).toBe(true);
  });

  test('is understood: segments have names, every leaf decodes, validation has something or nothing to say', () => {
    expect(parsed.segments.length).toBeGreaterThan(0);
    let leaves = 0;
    for (const { part } of leavesIn(parsed)) {
      leaves += 1;
      expect(typeof decode(part.wire, part.delimiters)).toBe('string');
    }
    expect(leaves).toBeGreaterThan(parsed.segments.length);
    validate(parsed);
  });

  test('editing one leaf changes one span', () => {
    const leaves = [...leavesIn(parsed)];
    for (const { segment, part, position } of leaves.filter((_, index) => index % 7 === 0)) {
      const value = `${decode(part.wire, part.delimiters)}X`;
      const edit = setValue(parsed, position, value);
      if (edit.kind === 'refused') throw new Error(`${pathOf(parsed, position)}: ${edit.reason}`);
      const from = segment.start + part.start;
      expect(spanOf(parsed, position)).toEqual({ from, to: from + part.wire.length });
      const expected = `${parsed.text.slice(0, from)}${part.wire}X${parsed.text.slice(from + part.wire.length)}`;
      expect(edit.text === expected, pathOf(parsed, position)).toBe(true);
      expect(edit.changes).toHaveLength(1);
    }
  });
});

test('the corpus has messages', () => {
  expect(names.length).toBeGreaterThan(0);
});

afterAll(() => reportRun('messages', run, []));

/** Every leaf that may be edited, found from the tree: not by the walk that the product's search uses. */
function* leavesIn({ segments }: ParsedText) {
  for (const segment of segments) {
    for (const field of fieldsOf(segment)) {
      if (isHeader(segment) && field.number <= 2) continue;
      for (const repetition of childrenOf(field)) {
        const position = { segment: segment.index, field: field.number, repetition: repetition.number };
        for (const { part, numbers } of leavesBelow(repetition)) {
          const [component, subcomponent] = numbers;
          yield {
            segment,
            part,
            position: {
              ...position,
              ...(component !== undefined && { component }),
              ...(subcomponent !== undefined && { subcomponent }),
            },
          };
        }
      }
    }
  }
}

function* leavesBelow(part: Part): Generator<{ part: Part; numbers: number[] }> {
  if (!isDivided(part)) {
    yield { part, numbers: [] };
    return;
  }
  for (const child of childrenOf(part)) {
    for (const leaf of leavesBelow(child))
      yield { part: leaf.part, numbers: [child.number, ...leaf.numbers] };
  }
}
