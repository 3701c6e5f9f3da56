import type { Foreign, ForeignContext } from '../../../bundle/domain.ts';
import { messagesOf, messageTypeOf, openText, parse } from '../../../hl7/index.ts';

/** Plain `.hl7` text: one template for each message. */
export function readPlainText(raw: string, { now, idFor }: ForeignContext): Foreign | undefined {
  const { text } = openText(raw);
  const messages = messagesOf(parse(text));
  if (messages.length === 0) return undefined;
  const rows = messages.map(({ from, to }, i) => {
    const content = text.slice(from, to);
    const messageType = messageTypeOf(content);
    const id = idFor(content);
    const name = messages.length === 1 ? messageType : `${messageType} ${i + 1}`;
    const data = { id, name, description: '', messageType, content, createdAt: now };
    return { kind: 'sound', id, data } as const;
  });
  return { origin: 'plain-text', store: 'templates', rows };
}
