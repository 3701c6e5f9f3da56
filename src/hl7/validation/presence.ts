import type { Segment } from '../codec/parse.ts';
import { childrenOf, fieldsOf, type Part } from '../codec/parts.ts';

/** Absent, empty, only white space, or only empty parts (hl7.md 7, H12). A placeholder counts as present. */
export function isMissing(part: Part | undefined): boolean {
  if (!part || part.wire.trim() === '') return true;
  const children = childrenOf(part);
  return children.length > 0 && children.every(isMissing);
}

/** A field, where the segment has it. */
export function fieldOf(segment: Segment, number: number): Part | undefined {
  return fieldsOf(segment)[number - 1];
}

/** A component of the first repetition, where it is there. */
export function componentOf(segment: Segment, field: number, component: number): Part | undefined {
  const first = fieldOf(segment, field);
  const [repetition] = first ? childrenOf(first) : [];
  return repetition && childrenOf(repetition)[component - 1];
}

/** Whether no repetition of a field has a first component. */
export function isFirstComponentMissing(segment: Segment, field: number): boolean {
  const part = fieldOf(segment, field);
  return !part || childrenOf(part).every((repetition) => isMissing(childrenOf(repetition)[0]));
}
