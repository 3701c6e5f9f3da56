import { messagesOf } from '../codec/messages.ts';
import { type LineEnding, TERMINATORS, toFileText } from '../codec/output.ts';
import { type ParsedText, parse } from '../codec/parse.ts';

export interface BatchOptions {
  /** When the batch is made, as HL7 writes it (`20250101120000`): FHS-7 and BHS-7. */
  readonly createdAt: string;
  readonly ending?: LineEnding;
}

/**
 * One batch file of several messages: FHS, BHS, the messages, BTS and FTS with their counts (hl7.md 5.7). Batch
 * segments that the messages bring along are left out, since their counts would be wrong.
 */
export function toBatchFile(
  texts: readonly ParsedText[],
  { createdAt, ending = 'cr' }: BatchOptions,
): string {
  const messages = texts.flatMap((text) => {
    const found = messagesOf(text);
    // A fragment without MSH counts as one message: it was asked for, so it is not dropped.
    if (found.length === 0) return [toFileText(text, ending)];
    return found.map(({ from, to }) => toFileText(parse(text.text.slice(from, to)), ending));
  });
  const terminator = TERMINATORS[ending];
  const header = (name: string) => `${name}|^~\\&|||||${createdAt}${terminator}`;
  return `${header('FHS')}${header('BHS')}${messages.join('')}BTS|${messages.length}${terminator}FTS|1${terminator}`;
}
