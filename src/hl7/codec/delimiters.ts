/**
 * The characters that divide a message, as they are *in use* at one place (hl7.md 5.1).
 *
 * A member is `undefined` where the header does not name that delimiter, or names one that cannot work: a letter,
 * digit, blank or control character, or a character that an earlier split already takes.
 */
export interface Delimiters {
  readonly field: string;
  readonly repetition: string | undefined;
  readonly component: string | undefined;
  readonly subcomponent: string | undefined;
  readonly escape: string | undefined;
}

/** Hold before any header, and where MSH-2 is empty. */
export const DEFAULT_DELIMITERS: Delimiters = {
  field: '|',
  repetition: '~',
  component: '^',
  subcomponent: '&',
  escape: '\\',
};

const HEADER_NAMES: ReadonlySet<string> = new Set(['MSH', 'FHS', 'BHS']);

/** Whether segments of this name carry delimiters, and have a first and second field that nobody may edit. */
export function isHeaderName(name: string): boolean {
  return HEADER_NAMES.has(name);
}

/** Whether a character can divide a message: printable, and neither letter, digit nor blank. */
export function isDelimiterCharacter(character: string): boolean {
  return /^[\p{P}\p{S}]$/u.test(character);
}

/** The delimiters that a header line sets for itself and for what follows, or `undefined` for any other line. */
export function delimitersOfHeader(line: string): Delimiters | undefined {
  if (!isHeaderName(line.slice(0, 3))) return undefined;
  const field = line.charAt(3);
  if (!isDelimiterCharacter(field)) return DEFAULT_DELIMITERS;
  const end = line.indexOf(field, 4);
  return delimitersFrom(field, end < 0 ? line.slice(4) : line.slice(4, end));
}

/**
 * The delimiters in use for a field separator and the text of MSH-2: component, repetition, escape, subcomponent.
 * A fifth character (truncation, HL7 2.7) is not interpreted.
 */
function delimitersFrom(field: string, encodingCharacters: string): Delimiters {
  if (encodingCharacters === '') return field === '|' ? DEFAULT_DELIMITERS : { ...DEFAULT_DELIMITERS, field };
  const taken = new Set([field]);
  const claim = (index: number): string | undefined => {
    const character = encodingCharacters.charAt(index);
    if (!isDelimiterCharacter(character) || taken.has(character)) return undefined;
    taken.add(character);
    return character;
  };
  // In the order of splitting: of two equal delimiters the outer one divides, so the inner one never could.
  const repetition = claim(1);
  const component = claim(0);
  const subcomponent = claim(3);
  return { field, repetition, component, subcomponent, escape: claim(2) };
}

export function areSameDelimiters(a: Delimiters, b: Delimiters): boolean {
  return (
    a === b ||
    (a.field === b.field &&
      a.repetition === b.repetition &&
      a.component === b.component &&
      a.subcomponent === b.subcomponent &&
      a.escape === b.escape)
  );
}
