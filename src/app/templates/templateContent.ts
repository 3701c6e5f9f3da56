import { messageTypeOf, normaliseMessageType } from '../../hl7/index.ts';
import type { Template } from '../stores/templates.ts';

/** Whether the person chose a type of their own, other than the one the content says. */
export function isTypeOverridden({
  messageType,
  content,
}: Pick<Template, 'messageType' | 'content'>): boolean {
  return normaliseMessageType(messageType) !== messageTypeOf(content);
}

/** A template with other content. The type follows the content unless it was overridden (hl7.md 2.3, P12). */
export function withContent(template: Template, content: string): Template {
  const messageType = isTypeOverridden(template) ? template.messageType : messageTypeOf(content);
  return { ...template, content, messageType };
}

/** "X copy", "X copy 2", …: the first that no template has. */
export function copyNameFor(name: string, taken: Iterable<string>): string {
  const names = new Set(taken);
  const first = `${name} copy`;
  if (!names.has(first)) return first;
  let number = 2;
  while (names.has(`${first} ${number}`)) number += 1;
  return `${first} ${number}`;
}

/** Which required parts are missing; each is named next to its field. */
export function missingParts({
  name,
  content,
}: Pick<Template, 'name' | 'content'>): ReadonlySet<'name' | 'content'> {
  const missing = new Set<'name' | 'content'>();
  if (name.trim() === '') missing.add('name');
  if (content.trim() === '') missing.add('content');
  return missing;
}
