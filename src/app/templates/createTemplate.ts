import type { Persistence } from '../../client.ts';
import { messageTypeOf } from '../../hl7/index.ts';
import { type Template, templates } from '../stores/templates.ts';

/**
 * Makes a new template: a draft until it is saved, so that cancelling leaves nothing behind (P07).
 *
 * A blank one is nothing yet, and leaving it alone leaves nothing. One that begins with something (a copy, a message
 * from the editor) is kept from the start, so that a reload goes on with it.
 *
 * @param start  what it begins with; its id and date are always new
 * @returns its id
 */
export function createTemplate(persistence: Persistence, start: Partial<Template>): string {
  const { name = '', description = '', content = '' } = start;
  const now = Date.now();
  const make = (id: string): Template => ({
    ...start,
    id,
    name,
    description,
    content,
    messageType: start.messageType ?? messageTypeOf(content),
    createdAt: now,
  });
  const id = persistence.create(templates, make);
  if (name !== '' || content !== '') persistence.edit(templates, id, { ...make(id), updatedAt: now });
  return id;
}
