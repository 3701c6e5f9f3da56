/** What opening or pasting took away, to be told to the user (hl7.md 5.6). */
export interface Removed {
  readonly byteOrderMarks: number;
  /** MLLP frames: VT before, FS CR after a message. */
  readonly frames: number;
}

export interface OpenedText {
  /** The text without framing; several framed messages stand one after another. */
  readonly text: string;
  /** One entry per frame; one entry in all for text without framing. */
  readonly messages: readonly string[];
  readonly removed: Removed;
}

const START_BLOCK = '\x0B';
const END_BLOCK = '\x1C';
/** FS ends a block before CR, the end of the text or the next block; elsewhere it is data. */
const BLOCK_BREAK = new RegExp(`${END_BLOCK}(?:\\r\\n?|\\n|$|(?=${START_BLOCK}))`);
const LEADING_MARKS = new RegExp(`^(\\s*${START_BLOCK})?(\uFEFF?)`);

/**
 * Takes MLLP bytes and byte order marks off text that was opened or pasted, and says so (H08). VT, FS and U+FEFF
 * inside a line are data and stay.
 */
export function openText(raw: string): OpenedText {
  let byteOrderMarks = 0;
  let frames = 0;
  let rest = raw;
  if (rest.startsWith('\uFEFF')) {
    byteOrderMarks += 1;
    rest = rest.slice(1);
  }
  const pieces = rest.split(BLOCK_BREAK);
  const messages: string[] = [];
  for (const [index, piece] of pieces.entries()) {
    const isClosed = index < pieces.length - 1;
    const [marks = '', startBlock, byteOrderMark] = LEADING_MARKS.exec(piece) ?? [];
    const isFramed = isClosed || startBlock !== undefined;
    if (isFramed) frames += 1;
    if (byteOrderMark) byteOrderMarks += 1;
    const message = startBlock === undefined && !byteOrderMark ? piece : piece.slice(marks.length);
    if (/\S/.test(message) || !(isFramed || index > 0)) messages.push(message);
  }
  return { text: messages.map(terminatedUnlessLast).join(''), messages, removed: { byteOrderMarks, frames } };
}

/** Messages must not run into each other where a frame's last line had no terminator. */
function terminatedUnlessLast(message: string, index: number, all: readonly string[]): string {
  return index === all.length - 1 || /[\r\n]$/.test(message) ? message : `${message}\r`;
}
