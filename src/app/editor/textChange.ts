/** One replacement, in offsets of the text before it (UTF-16 code units). */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** Replacements made together: in ascending order, none touching another, all in offsets of the same text. */
export type TextChanges = readonly TextChange[];

/** The text after the changes. */
export function applyChanges(text: string, changes: TextChanges): string {
  let result = '';
  let copiedTo = 0;
  for (const change of changes) {
    result += text.slice(copiedTo, change.from) + change.insert;
    copiedTo = change.to;
  }
  return result + text.slice(copiedTo);
}

/** What takes the text after the changes back to what it was before them. */
export function invertChanges(before: string, changes: TextChanges): TextChanges {
  let shift = 0;
  return changes.map((change) => {
    const from = change.from + shift;
    shift += change.insert.length - (change.to - change.from);
    return { from, to: from + change.insert.length, insert: before.slice(change.from, change.to) };
  });
}

/** Where an offset of the text before the changes lands after them. Inside a replaced part it goes to its end. */
export function mapOffset(offset: number, changes: TextChanges): number {
  let shift = 0;
  for (const change of changes) {
    if (change.from > offset) break;
    if (change.to >= offset) return change.from + shift + change.insert.length;
    shift += change.insert.length - (change.to - change.from);
  }
  return offset + shift;
}

/**
 * The one change between two texts: what lies between their common beginning and their common end.
 *
 * @returns no change for equal texts
 */
export function changeBetween(before: string, after: string): TextChanges {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let end = 0;
  while (
    end < shorter - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  ) {
    end += 1;
  }
  return [{ from: start, to: before.length - end, insert: after.slice(start, after.length - end) }];
}
