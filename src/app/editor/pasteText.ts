import { findLostBreaks, openText } from '../../hl7/index.ts';
import { notify } from '../ui/toasts.ts';
import { say } from '../words/say.ts';
import { readLineEnds } from './lineEnds.ts';
import type { MessageDocument } from './messageDocument.ts';

/** Longer text is not searched for lost line breaks: the offer is a help, and must not cost a pause. */
const SEARCHED_LENGTH = 1_000_000;

/**
 * Puts pasted text at the selection. Over the whole text it is kept byte for byte; into other text it takes on that
 * text's line ends. Framing and byte order marks are taken off, and that is said.
 */
export function pasteText(document: MessageDocument, pasted: string): void {
  const { text, selection } = document.getSnapshot();
  const opened = openText(pasted);
  const from = Math.min(selection.anchor, selection.head);
  const to = Math.max(selection.anchor, selection.head);
  const isWhole = from === 0 && to === text.length;
  const insert = isWhole ? opened.text : opened.text.replace(/\r\n?|\n/g, readLineEnds(text).breakAt(from));
  const caret = from + insert.length;
  document.edit([{ from, to, insert }], { origin: 'command', selection: { anchor: caret, head: caret } });
  sayWhatWasRemoved(opened.removed);
  offerLostBreaks(document);
}

/** Says what opening or pasting took off; nothing if nothing was. */
export function sayWhatWasRemoved({
  byteOrderMarks,
  frames,
}: {
  byteOrderMarks: number;
  frames: number;
}): void {
  if (frames > 0) notify({ id: 'removed', text: say('paste.framesRemoved', { count: frames }) });
  else if (byteOrderMarks > 0) notify({ id: 'removed', text: say('paste.markRemoved') });
}

/** Offers to split text that seems to have lost its line breaks. Never done silently (hl7.md 5.6). */
export function offerLostBreaks(document: MessageDocument): void {
  const { text } = document.getSnapshot();
  if (text.length > SEARCHED_LENGTH) return;
  const breaks = findLostBreaks(text);
  if (breaks.length === 0) return;
  notify({
    id: 'lost-breaks',
    text: say('paste.lostBreaks', { count: breaks.length }),
    action: {
      label: say('paste.split'),
      act: () => document.edit(findLostBreaks(document.getSnapshot().text), { origin: 'command' }),
    },
  });
}
