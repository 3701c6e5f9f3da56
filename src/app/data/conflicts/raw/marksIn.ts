import type { MemberText } from '../../fileTypes.ts';
import type { TextMark } from './textMark.ts';

/** A text in pieces, put together, with its places marked. */
export interface MarkedText {
  readonly text: string;
  readonly marks: readonly TextMark[];
}

/** @param kindOf  how the place of a path is marked */
export function markedText({ pieces }: MemberText, kindOf: (path: string) => TextMark['kind']): MarkedText {
  const marks: TextMark[] = [];
  let at = 0;
  for (const { text, path } of pieces) {
    const to = at + text.length;
    if (path !== null) marks.push({ from: at, to, kind: kindOf(path) });
    at = to;
  }
  return { text: pieces.map(({ text }) => text).join(''), marks };
}

/** Of a text that is not compared part by part: its lines that the other does not have. */
export function differingLines(text: string, other: string): MarkedText {
  const others = new Set(other.split(LINE_END));
  const marks: TextMark[] = [];
  let from = 0;
  for (const part of text.split(/(\r\n?|\n)/)) {
    const isLine = !LINE_END.test(part);
    if (isLine && part !== '' && !others.has(part))
      marks.push({ from, to: from + part.length, kind: 'differs' });
    from += part.length;
  }
  return { text, marks };
}

const LINE_END = /\r\n?|\n/;
