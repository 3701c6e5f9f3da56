import { type Dictionary, nameAt, type ParsedText, pathOf, positionAt } from '../../hl7/index.ts';
import { shortPath } from './shortPath.ts';

/** Where a caret is, in the words of HL7. Members are absent where nothing is known. */
export interface CaretPlace {
  /** `PID-5.1`. */
  readonly path?: string;
  /** `Family Name`. */
  readonly name?: string;
  /** The name of the whole field, where the caret is in a part of it. */
  readonly field?: string;
}

export function caretPlace(parsed: ParsedText, offset: number, dictionary: Dictionary | null): CaretPlace {
  const position = positionAt(parsed, offset);
  const path = position && pathOf(parsed, position);
  if (!position || path === undefined) return {};
  const name = dictionary ? nameAt(dictionary, parsed, position) : undefined;
  const { segment, field: number, component } = position;
  const isPart = component !== undefined && number !== undefined && dictionary !== null;
  const field = isPart ? nameAt(dictionary, parsed, { segment, field: number }) : undefined;
  return { path: shortPath(path), ...(name && { name }), ...(field && field !== name && { field }) };
}
