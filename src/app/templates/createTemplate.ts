import type { Persistence } from '../../client.ts';
import { messageTypeOf } from '../../hl7/index.ts';
import { type Template, templates } from '../stores/templates.ts';

/**
 * Makes a new template: a draft until it is saved, so that leaving it alone leaves nothing behind (P07).
 *
 * @param start  what it begins with; its id and date are always new
 * @returns its id
 */
export function createTemplate(persistence: Persistence, start: Partial<Template>): string {
  const { name = '', description = '', content = '' } = start;
  return persistence.create(templates, (id) => ({
    ...start,
    id,
    name,
    description,
    content,
    messageType: start.messageType ?? messageTypeOf(content),
    createdAt: Date.now(),
  }));
}
