import { type Edit, type Position, setValue, spanOf } from '../../../hl7/index.ts';
import { notifyFailure } from '../../ui/toasts.ts';
import { say } from '../../words/say.ts';
import type { Workspace } from '../workspace.ts';

/** Selects a place in the raw text; a place that is not there yet moves nothing. */
export function selectPlace({ document, model }: Workspace, position: Position): void {
  const span = spanOf(model.current(), position);
  if (span) document.select({ anchor: span.from, head: span.to }, 'tree');
}

/**
 * Writes a value to a leaf; the raw text shows it at once. Keystrokes in one field are one step of undo.
 *
 * @returns whether it could be written
 */
export function writeValue(workspace: Workspace, position: Position, value: string, group: string): boolean {
  return applyEdit(workspace, setValue(workspace.model.current(), position, value), { position, group });
}

/** Applies an edit of the structure to the text, or says why it cannot be made. */
export function applyEdit(
  { document, model }: Workspace,
  edit: Edit,
  { position, group }: { position?: Position; group?: string } = {},
): boolean {
  if (edit.kind === 'refused') {
    notifyFailure(say(`refusal.${edit.reason}`), 'refusal');
    return false;
  }
  document.edit(edit.changes, { origin: 'tree', ...(group && { group }) });
  const span = position && spanOf(model.current(), position);
  if (span) document.select({ anchor: span.from, head: span.to }, 'tree');
  return true;
}
