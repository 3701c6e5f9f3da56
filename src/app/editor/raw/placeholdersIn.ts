import {
  colourOf,
  type Delimiters,
  findPlaceholders,
  occurrencesOf,
  PLACEHOLDER,
} from '../../../hl7/index.ts';

export interface ColouredPlaceholder {
  readonly from: number;
  readonly to: number;
  /** 1 to 8 for a number, `plain` for the unnumbered. */
  readonly colour: string;
}

/** A longer line is scanned only where it is visible, and not divided into leaves first. */
const LONGEST_DIVIDED_LINE = 100_000;

/** The placeholders of a line, by the one rule that counts and fills them too. Offsets count from its start. */
export function placeholdersIn(
  line: string,
  delimiters: Delimiters,
  from: number,
  to: number,
): ColouredPlaceholder[] {
  if (line.length > LONGEST_DIVIDED_LINE) {
    return findPlaceholders(line.slice(from, to)).map((found) => ({
      from: found.from + from,
      to: found.to + from,
      colour: colourName(found.group),
    }));
  }
  if (!line.includes(PLACEHOLDER)) return [];
  const end = line.indexOf(delimiters.field);
  const name = end === -1 ? line : line.slice(0, end);
  const segment = { key: 0, index: 0, name, occurrence: 1, start: 0, wire: line, delimiters };
  const occurrences = occurrencesOf({ text: line, segments: [segment], nextKey: 1 });
  return Array.from(occurrences, ({ from, to, group }) => ({ from, to, colour: colourName(group) }));
}

function colourName(group: number | null): string {
  const colour = colourOf(group);
  return colour === null ? 'plain' : String(colour + 1);
}
