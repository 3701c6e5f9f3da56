import type { Persistence } from '../../client.ts';
import { type Template, templates } from '../stores/templates.ts';
import { createTemplate } from './createTemplate.ts';
import { copyNameFor } from './templateContent.ts';

/** Makes a draft "X copy" with a new id and date; in the list only once it is saved. @returns its id */
export function duplicateTemplate(persistence: Persistence, original: Template): string {
  const view = persistence.records(templates).getSnapshot();
  const taken = view.kind === 'ready' ? view.records.map(({ data }) => data.name) : [];
  const { updatedAt: _, ...start } = original;
  return createTemplate(persistence, { ...start, name: copyNameFor(original.name, taken) });
}
