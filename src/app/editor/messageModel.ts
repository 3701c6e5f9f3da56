import { type ParsedText, parse, reparse } from '../../hl7/index.ts';
import type { MessageDocument } from './messageDocument.ts';

/** Up to this many characters a text is parsed with every keystroke: below a frame even on a slow machine. */
export const PARSE_AT_ONCE_LENGTH = 300_000;
/** Above it the structure follows after a pause this long. */
const PARSE_PAUSE_MS = 250;
const HUGE_LENGTH = 2_000_000;
const HUGE_PAUSE_MS = 700;

export interface ModelSnapshot {
  readonly parsed: ParsedText;
  /** The text has moved on, and the structure follows in a moment (large texts only). */
  readonly isBehind: boolean;
}

/** The structure of a document, kept in step with it. */
export interface MessageModel {
  getSnapshot(): ModelSnapshot;
  subscribe(listener: () => void): () => void;
  /** The structure of the text as it is now, whatever it costs: an edit must never use stale offsets. */
  current(): ParsedText;
}

export function createMessageModel(document: MessageDocument): MessageModel {
  const listeners = new Set<() => void>();
  let snapshot: ModelSnapshot = { parsed: parse(document.getSnapshot().text), isBehind: false };
  let timer: number | undefined;

  function catchUp(): ParsedText {
    window.clearTimeout(timer);
    const { text } = document.getSnapshot();
    if (snapshot.parsed.text !== text || snapshot.isBehind) {
      publish({ parsed: reparse(snapshot.parsed, text), isBehind: false });
    }
    return snapshot.parsed;
  }

  function publish(next: ModelSnapshot): void {
    snapshot = next;
    for (const listener of listeners) listener();
  }

  document.follow(({ changes }) => {
    if (changes.length === 0) return;
    const { length } = document.getSnapshot().text;
    if (length <= PARSE_AT_ONCE_LENGTH) {
      catchUp();
      return;
    }
    window.clearTimeout(timer);
    timer = window.setTimeout(catchUp, length > HUGE_LENGTH ? HUGE_PAUSE_MS : PARSE_PAUSE_MS);
    if (!snapshot.isBehind) publish({ parsed: snapshot.parsed, isBehind: true });
  });

  return {
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    current: catchUp,
  };
}
