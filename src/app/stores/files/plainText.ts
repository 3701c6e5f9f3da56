import type { Foreign, ForeignContext, SeedRow } from '../../../bundle/domain.ts';
import { messageSpans, messageTypeOf, openText } from '../../../hl7/index.ts';

/** Telling a segment costs as much as reading so many characters. */
const SEGMENT_CHARACTERS = 64;

/** Plain `.hl7` text: one template for each message. */
export async function readPlainText(
  raw: string,
  { now, idFor, pace }: ForeignContext,
): Promise<Foreign | undefined> {
  const { text } = openText(raw);
  const contents: string[] = [];
  for (const span of messageSpans(text)) {
    if (span) contents.push(text.slice(span.from, span.to));
    if (pace.spend(SEGMENT_CHARACTERS)) await pace.rest();
  }
  if (contents.length === 0) return undefined;
  const rows: SeedRow[] = [];
  for (const [i, content] of contents.entries()) {
    const messageType = messageTypeOf(content);
    const id = await idFor(content);
    const name = contents.length === 1 ? messageType : `${messageType} ${i + 1}`;
    const data = { id, name, description: '', messageType, content, createdAt: now };
    rows.push({ kind: 'sound', id, data });
    if (pace.spend(content.length)) await pace.rest();
  }
  return { origin: 'plain-text', store: 'templates', rows };
}
