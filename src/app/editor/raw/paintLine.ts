import { type Delimiters, isHeaderName, isSegmentName } from '../../../hl7/index.ts';

export type Paint = 'segment' | 'odd' | 'delimiter' | 'escape';

export interface Painted {
  readonly from: number;
  readonly to: number;
  readonly paint: Paint;
}

/**
 * What of a line has a colour: the segment name, runs of delimiters, escape sequences. Offsets count from the start
 * of the line. Looks only at the part from `from` to `to`, so that a line of megabytes costs what is on screen.
 */
export function paintLine(line: string, delimiters: Delimiters, from = 0, to = line.length): Painted[] {
  const painted: Painted[] = [];
  const nameEnd = endOfName(line, delimiters.field);
  if (from < nameEnd) {
    painted.push({ from: 0, to: nameEnd, paint: isSegmentName(line.slice(0, nameEnd)) ? 'segment' : 'odd' });
  }
  let at = Math.max(from, nameEnd);
  if (isHeaderName(line.slice(0, nameEnd))) {
    const end = endOfHeaderDelimiters(line, delimiters.field);
    if (at < end) {
      painted.push({ from: nameEnd, to: end, paint: 'delimiter' });
      at = end;
    }
  }
  while (at < to) {
    const character = line.charAt(at);
    if (isDivider(character, delimiters)) {
      const start = at;
      while (at < to && isDivider(line.charAt(at), delimiters)) at += 1;
      painted.push({ from: start, to: at, paint: 'delimiter' });
      continue;
    }
    const sequence = character === delimiters.escape ? sequenceAt(line, at, delimiters) : 0;
    if (sequence > 0) painted.push({ from: at, to: at + sequence, paint: 'escape' });
    at += Math.max(1, sequence);
  }
  return painted;
}

/** Longest escape sequence that is looked for; `\X…\` with data in it may be long, names of fonts are not. */
const LONGEST_SEQUENCE = 64;

function sequenceAt(line: string, at: number, delimiters: Delimiters): number {
  const limit = Math.min(line.length, at + LONGEST_SEQUENCE);
  for (let end = at + 1; end < limit; end += 1) {
    const character = line.charAt(end);
    if (character === delimiters.escape) return end > at + 1 ? end + 1 - at : 0;
    if (isDivider(character, delimiters)) return 0;
  }
  return 0;
}

function endOfName(line: string, separator: string): number {
  const end = line.indexOf(separator);
  return Math.min(end === -1 ? line.length : end, 32);
}

function endOfHeaderDelimiters(line: string, separator: string): number {
  const end = line.indexOf(separator, 4);
  return end === -1 ? Math.min(line.length, 9) : Math.min(end, 9);
}

function isDivider(character: string, delimiters: Delimiters): boolean {
  return (
    character === delimiters.field ||
    character === delimiters.component ||
    character === delimiters.repetition ||
    character === delimiters.subcomponent
  );
}
