import { describe, expect, it } from 'vitest';
import { differingLines, markedText } from '../../src/app/data/conflicts/raw/marksIn.ts';

const wordsOf = ({ text, marks }: ReturnType<typeof differingLines>): string[] =>
  marks.map(({ from, to }) => text.slice(from, to));

describe('What is marked in a text of a conflict', () => {
  it('are the pieces that were to be chosen, at their offsets, the empty ones too', () => {
    const pieces = [
      { text: 'PID|', path: null },
      { text: 'A', path: 'content/PID-1' },
      { text: '|', path: null },
      { text: '', path: 'content/PID-2' },
      { text: '\r', path: null },
    ];
    const kinds = { 'content/PID-1': 'second' } as const;
    const kindOf = (path: string) => kinds[path as keyof typeof kinds] ?? 'open';
    expect(markedText({ member: 'content', pieces }, kindOf)).toEqual({
      text: 'PID|A|\r',
      marks: [
        { from: 4, to: 5, kind: 'second' },
        { from: 6, to: 6, kind: 'open' },
      ],
    });
  });

  it.each(['\r', '\n', '\r\n'])(
    'of what cannot be compared by part, are lines that the other lacks: %j',
    (end) => {
      const one = ['Dear colleague', 'same', '', 'only here'].join(end);
      const other = ['Dear Sir', 'same', ''].join('\n');
      const found = differingLines(one, other);
      expect(found.text).toBe(one);
      expect(wordsOf(found)).toEqual(['Dear colleague', 'only here']);
    },
  );
});
