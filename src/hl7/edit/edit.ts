/** Replace the text from `from` up to `to` (UTF-16 offsets in the text before the edit) by `insert`. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** Why an edit was not made. */
export type Refusal =
  /** MSH-1, MSH-2 and those of FHS and BHS; change delimiters by `changeDelimiters`. */
  | 'read-only'
  /** The place is no path, or names a segment that is not there. */
  | 'no-such-place'
  /** The value needs an escape, and the header names no escape character. */
  | 'no-escape-character'
  /** The place needs a separator that the header does not name. */
  | 'no-separator'
  /** The place lies beyond `LAST_POSITION`. */
  | 'too-far'
  /** These are not five different characters that can divide. */
  | 'bad-delimiters'
  /** Wire text would break out of its place. */
  | 'breaks-out'
  /** The segment would come to stand where other delimiters are in use. */
  | 'other-delimiters';

export interface Edited {
  readonly kind: 'edited';
  readonly text: string;
  /** In ascending order, not touching each other; none if nothing changed. */
  readonly changes: readonly Change[];
}

export interface Refused {
  readonly kind: 'refused';
  readonly reason: Refusal;
}

export type Edit = Edited | Refused;

export function refused(reason: Refusal): Refused {
  return { kind: 'refused', reason };
}

/** Applies changes that are in ascending order. Each is first narrowed to what really differs. */
export function edited(text: string, changes: readonly Change[]): Edited {
  const narrowed = changes.map((change) => narrow(text, change)).filter((change) => change !== undefined);
  let result = '';
  let done = 0;
  for (const { from, to, insert } of narrowed) {
    result += text.slice(done, from) + insert;
    done = to;
  }
  return { kind: 'edited', text: result + text.slice(done), changes: narrowed };
}

function narrow(text: string, { from, to, insert }: Change): Change | undefined {
  let head = 0;
  const shorter = Math.min(to - from, insert.length);
  while (head < shorter && text[from + head] === insert[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && text[to - 1 - tail] === insert.at(-1 - tail)) tail += 1;
  if (head + tail === insert.length && from + head === to - tail) return undefined;
  return { from: from + head, to: to - tail, insert: insert.slice(head, insert.length - tail) };
}
