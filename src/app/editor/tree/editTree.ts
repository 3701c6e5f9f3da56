import {
  type Edit,
  edited,
  fieldsOf,
  type ParsedText,
  type Position,
  type Span,
  setValue,
  spanOf,
} from '../../../hl7/index.ts';
import { notifyFailure } from '../../ui/toasts.ts';
import { say } from '../../words/say.ts';
import type { Workspace } from '../workspace.ts';

/** Where a row of the structure stands in the text. A field is all of it, with its repetitions. */
export function spanOfRow(parsed: ParsedText, position: Position): Span | undefined {
  const segment = parsed.segments[position.segment];
  const isWholeField =
    position.field !== undefined && position.repetition === undefined && position.component === undefined;
  if (!segment || !isWholeField) return spanOf(parsed, position);
  const field = fieldsOf(segment)[position.field - 1];
  return field && { from: segment.start + field.start, to: segment.start + field.start + field.wire.length };
}

/** Empties a place, with all that is in it; the place stays. */
export function clearPlace(workspace: Workspace, position: Position): boolean {
  const parsed = workspace.model.current();
  const span = spanOfRow(parsed, position);
  if (!span) return false;
  return applyEdit(workspace, edited(parsed.text, [{ ...span, insert: '' }]), { position });
}

/** Selects a place in the raw text; a place that is not there yet moves nothing. */
export function selectPlace({ document, model }: Workspace, position: Position): void {
  const span = spanOfRow(model.current(), position);
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
  const span = position && spanOfRow(model.current(), position);
  if (span) document.select({ anchor: span.from, head: span.to }, 'tree');
  return true;
}
